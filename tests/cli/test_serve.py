"""`hrge serve`: its options, and what it says where it cannot begin."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time

import pyoxigraph as ox
import pytest

from hrge_kg.cli.main import main


def test_without_the_extra_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in list(sys.modules):
        if name.startswith("hrge_kg.server"):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert main(["serve", "--port", "0"]) == 2
    assert "pip install 'hrge-kg[web]'" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["x", "-1", "65536"])
def test_what_is_no_port_is_refused(port: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["serve", f"--port={port}"])
    assert stopped.value.code == 2


@pytest.mark.parametrize("option", ["--port", "--host"])
def test_an_address_that_cannot_be_listened_on_is_told(
    option: str, graph: ox.Store, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        # An address that belongs to nobody (RFC 5737).
        named = ["--port", port] if option == "--port" else ["--port", "0", "--host", "192.0.2.1"]
        assert main(["serve", *named]) == 2
    err = capsys.readouterr().err
    assert "this address cannot be listened on" in err and "--port" in err


def test_it_serves_the_pages_until_it_is_told_to_stop(graph: ox.Store) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "hrge_kg", "serve", "--port", "0", "--name", "example.org"],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert process.stderr
    try:
        told = process.stderr.readline()
        found = re.fullmatch(r"hrge: http://127\.0\.0\.1:(\d+)/ \(Ctrl-C stops it\)\n", told)
        assert found, told
        for host, status in [("localhost", 200), ("example.org", 200), ("example.com", 400)]:
            connection = http.client.HTTPConnection("127.0.0.1", int(found[1]), timeout=60)
            connection.request("GET", "/", headers={"Host": host})
            response = connection.getresponse()
            page = response.read()
            connection.close()
            assert response.status == status
            assert (b'href="sparql"' in page) is (status == 200)
        start = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 143
        assert time.monotonic() - start < 10
        assert process.stderr.read() == ""
    finally:
        process.kill()
        process.wait()
        process.stderr.close()
