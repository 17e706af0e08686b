"""Checks models with ONNX's own checker and runs them in Python's ONNX Runtime, with 1 and 7 samples.

usage: check_models.py FOLDER

The folder is what FamiliesTest wrote under -Dsaddlepoint.onnx.models=FOLDER. Needs the packages onnx, onnxruntime and numpy.
"""

import pathlib
import sys

import numpy
import onnx
import onnxruntime

SIDES = {"height": 64, "width": 96}

for file in sorted(pathlib.Path(sys.argv[1]).glob("*.onnx")):
    model = onnx.load(file)
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(str(file))
    for batch in (1, 7):
        sizes = {"batch": batch, **SIDES}
        random = numpy.random.default_rng(0)
        inputs = {}
        for port in session.get_inputs():
            shape = []
            for axis in port.shape:
                name, _, divisor = axis.partition("/") if isinstance(axis, str) else ("", "", "")
                shape.append(sizes[name] // int(divisor or 1) if name else axis)
            if port.type == "tensor(int64)":
                inputs[port.name] = random.integers(0, 2, shape)
            else:
                inputs[port.name] = random.standard_normal(shape).astype(numpy.float32)
        output = session.run(None, inputs)[0]
        assert numpy.isfinite(output).all(), file
        print(f"{file.name}: {len(model.graph.node)} nodes, {batch} -> {list(output.shape)}")
