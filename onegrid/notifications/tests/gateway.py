"""A real HTTP server in a thread of this process: it keeps what is posted to it and answers as told."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Gateway:
    """Takes posts; `answers` are the statuses of the next ones, 200 when there is none left."""

    def __init__(self):
        self.posts, self.answers = [], []
        box = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):  # as the library calls it
                body = self.rfile.read(int(self.headers["Content-Length"]))
                box.posts.append((self.path, dict(self.headers), body))
                self.send_response(box.answers.pop(0) if box.answers else 200)
                self.send_header("Location", "/elsewhere/")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
