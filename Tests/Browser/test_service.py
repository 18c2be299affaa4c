"""The product as a process: what a service manager and an operator's electricity bill see of it."""

import os
import time

import pytest
from product import Product

TICKS = os.sysconf("SC_CLK_TCK")


def processor_seconds(pid):
    """CPU time of the process so far, user and system."""
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


@pytest.fixture
def own_product(tmp_path):
    """A demo of this test's own, to be stopped by it."""
    running = Product(tmp_path / "demo", tmp_path / "demo.log").start()
    yield running
    running.stop()


def test_idle_product_rests(own_product):
    time.sleep(3)
    before = processor_seconds(own_product.process.pid)
    time.sleep(4)
    spent = processor_seconds(own_product.process.pid) - before
    assert spent < 0.2, f"{spent:.2f} CPU-s in 4 s with nothing to do"


def test_product_ends_when_asked_and_starts_again_on_its_data(own_product):
    began = time.monotonic()
    assert own_product.stop() == 0
    assert time.monotonic() - began < 10
    own_product.start()
