"""What the scripts of tips say, in the reader's language."""

from django.utils.translation import gettext as _


def giving_words() -> dict[str, str]:
    """Return the words of the pages where a tip is given and its dialogue is read."""
    return {
        "empty": _("Write what you know, or attach something."),
        "channel": _("Choose to whom your tip goes."),
        "long": _("This is too long for one message: about %s characters too many. Send the rest afterwards."),
        "code": _("This is not the code that was shown. Compare it digit by digit."),
        "digits": _("A receipt code has 24 digits; one is missing or mistyped."),
        "working": _("Your device is sealing your tip and solving a puzzle. This takes a few seconds."),
        "opening": _("Your device is working out the key from your code. This takes a few seconds."),
        "failed": _("That did not work. What you wrote is still here; try again in a moment."),
        "you": _("You, on %s; what you wrote yourself is not shown again"),
        "answer": _("Answer of %s"),
        "broken": _("This answer cannot be opened with your code."),
        "sent": _("Sent. Come back in a few days with the same code."),
        "sure": _("Press once more to delete everything for good."),
        "deleted": _("Deleted, with everything that was written in it."),
        "remove": _("Remove"),
        "many": _("At most five files go with one message. Send the rest afterwards."),
        "large": _("This file is larger than 100 MB."),
        "whole": _("cannot be cleaned; goes sealed as an original"),
        "copied": _("a cleaned copy, and the original sealed apart"),
        "microphone": _("The microphone cannot be used. Allow it, or attach a recording."),
        "record": _("Record my voice"),
        "stop": _("Stop recording"),
        "masked": _("Your voice, masked. Listen before you send."),
        "unmasked": _("Your voice, not masked"),
        "sending": _("Sealing and sending file %s"),
        "answers": _("Your tip answers the appeal %s. This is said inside the sealed text only."),
        "insecure": _("This page did not come over a protected connection (https), so it seals nothing."),
    }


def desk_words() -> dict[str, str]:
    """Return the words of the pages of the readers."""
    return {
        "phrase": _("This key phrase does not open your key."),
        "digits": _("A key phrase has 24 digits; one is missing or mistyped."),
        "code": _("This is not the key phrase that was shown. Compare it digit by digit."),
        "working": _("Your browser is working on it. This takes a few seconds."),
        "locked": _("Sealed. Unlock with your key phrase to read it."),
        "broken": _("This cannot be opened with your key: it was sealed before you became a reader, or was damaged."),
        "foreign": _("Careful: this message says that it belongs to another tip."),
        "empty": _("Write something first."),
        "failed": _("That did not work. What you wrote is still here; try again in a moment."),
        "original": _("original, sealed for evidence"),
        "copy": _("cleaned copy"),
        "voice": _("recording of a voice"),
        "reason": _("Give the reason for which the original must be opened."),
        "keep": _("Save the file"),
        "answers": _("Answers the appeal %s"),
        "filed": _("Case %(number)s was written from this tip. Reason: %(reason)s (in the trail: %(name)s)"),
        "sealed_again": _("Locked. The key is no longer in this browser's memory."),
    }
