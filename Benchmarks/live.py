"""One changed cell while `gongkai serve` runs: from the saved file to the page that shows the new figure."""

import http.client
import os
import signal
import socket
import subprocess
import threading
import time
from contextlib import contextmanager

from generate import change_one_figure
from gongkai_site import disclosure_folder
from hugo_site import TABLE_IDS
from model import YEARS
from tables import all_tables, amount
from vocabulary import read_codes

TABLE = "支出总表"


def has_serve(program):
    return subprocess.run([program, "serve", "--help"], capture_output=True).returncode == 0


def measure(program, folder, seed, times=7, patience=600):
    """Seconds from saving to shown, one for each change."""
    codes = read_codes(YEARS)
    site = folder / "gongkai"
    port = _free_port()
    with _serving([program, "serve", "--port", str(port)], site) as server:
        _wait_until_served(server, port, patience)
        with _Events(port) as events:
            seconds = []
            for step in [*range(1, times + 2), 0]:
                budget = change_one_figure(folder, seed, step, programs=())
                path = f"/{budget.unit.slug}/{budget.year}/budget/"
                rows = all_tables(budget, codes)
                shown = amount(budget.bodies[0].small_and_medium)
                time.sleep(1)
                seconds.append(_one_change(port, events, path, shown, lambda: _save(site, budget, rows)))
            return seconds[1:-1]  # The first warms up; the last puts the figure back.


def _save(site, budget, rows):
    """As an editor saves: a new file beside the old one, then renamed over it."""
    from tables import encode

    target = disclosure_folder(site / "content", budget) / f"{TABLE}.csv"
    beside = target.with_name(f".{target.name}.saving")
    beside.write_bytes(encode(rows[TABLE]))
    os.replace(beside, target)


def _one_change(port, events, path, shown, save):
    count = events.count
    started = time.monotonic()
    save()
    if not events.wait_beyond(count, 30):
        raise TimeoutError("保存以后 30 秒没有收到 change 事件")
    while time.monotonic() - started < 30:
        if _shows(_get(port, path), shown):
            return time.monotonic() - started
        count = events.count
        events.wait_beyond(count, 0.05)
    raise TimeoutError(f"保存以后 30 秒，{path} 上还没有新的数 {shown}")


def _shows(page, shown):
    start = page.find(f'id="{TABLE_IDS[TABLE]}"'.encode())
    return start >= 0 and f">{shown}<".encode() in page[start:page.find(b"</table>", start)]


def _get(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        return connection.getresponse().read()
    finally:
        connection.close()


@contextmanager
def _serving(command, folder):
    with open(folder / "serve.log", "wb") as log:
        server = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log,
                                  stderr=subprocess.STDOUT)
        try:
            yield server
        finally:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _wait_until_served(server, port, patience):
    started = time.monotonic()
    while time.monotonic() - started < patience:
        if server.poll() is not None:
            raise RuntimeError(f"gongkai serve 结束了，退出码 {server.returncode}")
        try:
            _get(port, "/")
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("gongkai serve 没有开始服务")


class _Events:
    """Counts the change events that the server sends."""

    def __init__(self, port):
        self.count = 0
        self._arrived = threading.Condition()
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=None)
        self._port = port

    def __enter__(self):
        self._connection.request("GET", "/__gongkai/events", headers={"Accept": "text/event-stream"})
        self._response = self._connection.getresponse()
        if self._response.status != 200:
            raise RuntimeError(f"/__gongkai/events 的状态是 {self._response.status}")
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *_):
        try:
            self._connection.sock.shutdown(socket.SHUT_RDWR)
        except (OSError, AttributeError):
            pass

    def _listen(self):
        try:
            while line := self._response.readline():
                if line.strip().startswith(b"event:") and line.strip().endswith(b"change"):
                    with self._arrived:
                        self.count += 1
                        self._arrived.notify_all()
        except (OSError, ValueError, http.client.HTTPException):
            pass

    def wait_beyond(self, count, seconds):
        with self._arrived:
            return self._arrived.wait_for(lambda: self.count > count, seconds)


def _free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
