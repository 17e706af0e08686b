"""Writes golden/events.tfevents with TensorBoard's own messages and record writer: pip install tensorboard."""

import pathlib

from tensorboard.compat.proto.event_pb2 import Event, SessionLog
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.record_writer import RecordWriter

GOLDEN = pathlib.Path(__file__).parent.parent / "resources" / "golden" / "events.tfevents"

# The first 33 bytes of a grey PNG of 56 x 28: signature and header.
HEADER = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000380000001c0800000000") + bytes(4)


def scalars(step, **values):
    summary = Summary(value=[Summary.Value(tag=tag.replace("__", "/"), simple_value=value) for tag, value in values.items()])
    return Event(wall_time=1.7e9, step=step, summary=summary)


EVENTS = [
    Event(wall_time=1.7e9, file_version="brain.Event:2"),
    scalars(1, losses__discriminatorLoss=1.5, losses__generatorLoss=0.0, logits__realLogit=-2.25),
    scalars(300, losses__discriminatorLoss=float("nan"), losses__generatorLoss=float("inf")),
    Event(
        wall_time=1.7e9,
        step=20_000_000_000,
        summary=Summary(
            value=[
                Summary.Value(
                    tag="samples",
                    image=Summary.Image(height=28, width=56, colorspace=1, encoded_image_string=HEADER),
                )
            ]
        ),
    ),
    Event(wall_time=1.7e9, step=201, session_log=SessionLog(status=SessionLog.START)),
]

with GOLDEN.open("wb") as file:
    writer = RecordWriter(file)
    for event in EVENTS:
        writer.write(event.SerializeToString())
    writer.flush()
