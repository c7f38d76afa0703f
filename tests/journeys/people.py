"""The people of the journeys: what a resident and an officer do, in the words of what they see."""

import re

from playwright.sync_api import expect

from onegrid.accounts.public import DEMONSTRATION_PASSWORD
from onegrid.core.tests import samples

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 360, "height": 780}
CHASHAN = ("120.6936", "27.9306")
MANHOLE = "daily.roads.manhole"
BROKEN = "学校门口的井盖碎了，雨天看不见"

BY_HAND = """([action, fields]) => {
    const form = Object.assign(document.createElement("form"), { method: "post", action });
    for (const [name, value] of Object.entries(fields))
        form.append(Object.assign(document.createElement("input"), { name, value }));
    document.body.append(form);
    form.submit();
}"""


def photo(name="photo.jpg", **taken):
    """Return a photo as a file input takes it; another `taken` makes another picture."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": samples.photo(**taken)}


class People:
    """Opens a window for each, and hears what their windows complain about."""

    def __init__(self, window, address, ouhai, *, patience=10_000):
        self.window, self.address, self.ouhai, self.patience = window, address, ouhai, patience  # milliseconds
        self.complaints, self.contexts = [], []

    def resident(self, *, screen=PHONE):
        """Return somebody without an account."""
        return Resident(self._page(screen))

    def officer(self, username, *, at=None, screen=DESK):
        """Return somebody at a desk, or on a phone, signed in; at the case `at` if it is given."""
        officer = Officer(self._page(screen), username)
        officer.signs_in()
        if at:
            officer.opens(at)
        return officer

    def stranger(self):
        """Return somebody at a desk who has not signed in."""
        return Officer(self._page(DESK), "")

    def leave(self):
        """Close every window."""
        for context in self.contexts:
            context.close()

    def _page(self, screen):
        context = self.window.new_context(base_url=self.address, viewport=screen, locale="zh-CN")
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(self.patience)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._heard)
        return page

    def _heard(self, message):
        if "Content Security Policy" in message.text:
            self.complaints.append(message.text)


class Resident:
    """Somebody who reports a matter and follows it."""

    def __init__(self, page):
        self.page = page

    def describes(self, text, *, kind, place=CHASHAN):
        """Fill in the form of a report."""
        page = self.page
        page.goto("/report/")
        page.fill("#id_text", text)
        page.locator(f"#kinds input[value='{kind}']").check()
        page.locator("#questions select").first.select_option("broken")
        page.set_input_files("#id_photos", photo())
        page.locator(".pp-typed summary").click()
        page.fill("[data-pp-lon]", place[0])
        page.fill("[data-pp-lat]", place[1])

    def sends(self):
        """Send the report; return its number and the private link."""
        self.page.click("#report-send")
        expect(self.page.locator("#private-link")).to_have_text(re.compile(r"/t/[\w-]{32}/$"))
        [number] = re.findall(r"OG-\d{6}-\w+", self.page.inner_text("h1"))
        return number, self.page.inner_text("#private-link")

    def loses_the_answer(self):
        """Send the report without ever hearing what became of it, as where the network is bad."""
        sent = "async f => (await fetch(f.action, {method: 'POST', body: new FormData(f)})).status"
        assert self.page.locator("#report-form").evaluate(sent) == 200

    def tracks(self, number):
        """Look the number up."""
        self.page.goto("/track/")
        self.page.fill("#id_number", number)
        self.page.press("#id_number", "Enter")
        self.page.wait_for_url(f"**/c/{number}/")

    def follows(self, link):
        """Open the private link."""
        self.page.goto(link)

    def rates(self, *, solved, grade):
        """Rate the result on the private page."""
        self.page.get_by_label(solved, exact=True).check()
        self.page.get_by_label(grade, exact=True).check()
        self.page.get_by_role("button", name="提交评价").click()

    def says_it_is_not_solved(self, reason):
        """Have the closed matter opened again."""
        self.page.get_by_text("还没解决", exact=True).click()
        self.page.fill("#id_again-reason", reason)
        self.page.get_by_role("button", name="重新办理").click()

    def stands_at(self, step):
        """See which step the matter is at."""
        expect(self.page.locator(".po-steps [aria-current=step]")).to_contain_text(step)

    def reads(self, *words):
        """See words on the page."""
        for word in words:
            expect(self.page.locator("main")).to_contain_text(word)


class Officer:
    """Somebody at a desk."""

    def __init__(self, page, username):
        self.page, self.username = page, username

    def signs_in(self):
        """Sign in with the password of the demonstration."""
        page = self.page
        page.goto("/account/login/")
        page.fill("#id_login", self.username)
        page.fill("#id_password", DEMONSTRATION_PASSWORD)
        page.press("#id_password", "Enter")
        page.wait_for_url(lambda url: "/account/login/" not in url)

    def opens(self, number):
        """Open a case; return the status of the answer."""
        return self.page.goto(f"/cases/{number}/").status

    def chooses(self, label, *, because=""):
        """Press the button of a step, which says `because` what it will cause."""
        button = self.page.locator(f".mv-b:has(b:text-is('{label}'))")
        expect(button).to_contain_text(because)
        button.click()
        expect(self.page.locator("#step h2")).to_have_text(label)

    def sends(self):
        """Send the form of the step."""
        self.page.click("#step .og-btn--main[type=submit]")

    def has_done(self, label):
        """See that the step is done."""
        expect(self.page.locator(".og-messages")).to_contain_text(label)

    def reads_in_timeline(self, *words):
        """See words in the timeline."""
        for word in words:
            expect(self.page.locator("#timeline")).to_contain_text(word)

    def fits(self, page):
        """Open a page; test if nothing of it lies beside the screen."""
        self.page.goto(page)
        return self.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

    def is_offered(self, name):
        """Test if the page has a button for a step."""
        return self.page.locator(f"a[href*='/do/{name}/']").count() > 0

    def forges(self, number, name, **data):
        """Send the form of a step by hand, whether it was offered or not; return the status of the answer."""
        cookies = {cookie["name"]: cookie["value"] for cookie in self.page.context.cookies()}
        fields = {"version": 1, "csrfmiddlewaretoken": cookies["csrftoken"], **data}
        with self.page.expect_navigation() as answer:
            self.page.evaluate(BY_HAND, [f"/cases/{number}/do/{name}/", fields])
        return answer.value.status
