"""Writes what PyTorch computes for the engine's functional operations, and what its generator draws.

Usage: python golden_functional.py [DIRECTORY]      needs torch; the directory defaults to ../resources/golden

Everything is computed in float64 from inputs with three decimals, so the files hold them exactly. A gradient is that of
sum(output * w) with w[i] = sin(i + 1), i counting the output's elements, the last axis fastest.
"""

import json
import pathlib
import sys

import torch
import torch.nn.functional as F

FUNCTIONAL = []
SEEDS = torch.Generator().manual_seed(2014)


def draw(*shape, low=-2.0, high=2.0):
    """Seeded numbers with three decimals."""
    uniform = torch.rand(shape, generator=SEEDS, dtype=torch.float64)
    return ((low + (high - low) * uniform) * 1000).round() / 1000


def distinct(*shape):
    """Seeded numbers of which no two are equal."""
    n = torch.Size(shape).numel()
    return (torch.randperm(n, generator=SEEDS).to(torch.float64).reshape(shape) - n / 2) / 16


def tensor_json(tensor):
    tensor = tensor.detach()
    values = tensor.reshape(-1).tolist()
    if tensor.dtype == torch.int64:
        return {"dtype": "int64", "shape": list(tensor.shape), "data": values}
    return {"dtype": "float64", "shape": list(tensor.shape), "data": [float(f"{v:.12g}") for v in values]}


def case(op, name, function, inputs, args=None, after=()):
    """Records one call; inputs named in after are changed by it, so what they become is recorded too."""
    leaves = {
        key: value.clone().requires_grad_(value.is_floating_point() and key not in after)
        for key, value in inputs.items()
    }
    record = {
        "op": op,
        "name": name,
        "args": args or {},
        "inputs": {key: tensor_json(value) for key, value in inputs.items()},
    }
    output = function(**leaves)
    weights = torch.sin(torch.arange(1, output.numel() + 1, dtype=torch.float64)).reshape(output.shape)
    wanted = [key for key, value in leaves.items() if value.requires_grad]
    gradients = torch.autograd.grad((output * weights).sum(), [leaves[key] for key in wanted])
    record["output"] = tensor_json(output)
    record["gradients"] = {key: tensor_json(value) for key, value in zip(wanted, gradients)}
    record["after"] = {key: tensor_json(leaves[key]) for key in after}
    FUNCTIONAL.append(record)


def linear_and_convolutions():
    case("linear", "with bias", F.linear, {"input": draw(2, 3), "weight": draw(4, 3), "bias": draw(4)})
    case("linear", "no bias, three axes", F.linear, {"input": draw(2, 2, 3), "weight": draw(4, 3)})
    for name, shape, weight, bias, args in [
        ("plain", (2, 2, 5, 4), (3, 2, 3, 3), True, dict(stride=1, padding=0, dilation=1, groups=1)),
        ("stride 2, padding 1", (1, 2, 6, 5), (3, 2, 4, 4), True, dict(stride=2, padding=1, dilation=1, groups=1)),
        ("dilation 2", (1, 2, 6, 6), (2, 2, 3, 3), False, dict(stride=1, padding=2, dilation=2, groups=1)),
        ("groups 2", (1, 4, 4, 4), (6, 2, 3, 3), True, dict(stride=1, padding=1, dilation=1, groups=2)),
        ("depthwise, stride 2, dilation 2", (1, 3, 6, 6), (3, 1, 2, 2), True,
         dict(stride=2, padding=1, dilation=2, groups=3)),
    ]:
        inputs = {"input": draw(*shape), "weight": draw(*weight)}
        if bias:
            inputs["bias"] = draw(weight[0])
        case("conv2d", name, lambda a=args, **x: F.conv2d(**x, **a), inputs, args)
    for name, shape, weight, bias, args in [
        ("plain", (2, 2, 3, 3), (2, 3, 3, 3), True, dict(stride=1, padding=0, output_padding=0)),
        ("4x4, stride 2, padding 1", (1, 2, 3, 2), (2, 2, 4, 4), False, dict(stride=2, padding=1, output_padding=0)),
        ("output padding 1", (1, 2, 3, 3), (2, 2, 3, 3), True, dict(stride=2, padding=1, output_padding=1)),
        ("stride 3, output padding 2", (1, 1, 2, 2), (1, 2, 3, 3), True, dict(stride=3, padding=0, output_padding=2)),
    ]:
        inputs = {"input": draw(*shape), "weight": draw(*weight)}
        if bias:
            inputs["bias"] = draw(weight[1])
        case("convTranspose2d", name, lambda a=args, **x: F.conv_transpose2d(**x, **a), inputs, args)


def normalizations():
    for name, shape, training, momentum, eps in [
        ("training", (3, 2, 2, 3), True, 0.1, 1e-5),
        ("training, other momentum and epsilon", (4, 3), True, 0.35, 1e-3),
        ("evaluation", (3, 2, 2, 3), False, 0.1, 1e-5),
    ]:
        channels = shape[1]
        args = dict(training=training, momentum=momentum, eps=eps)
        case(
            "batchNorm",
            name,
            lambda a=args, **x: F.batch_norm(**x, **a),
            {
                "input": draw(*shape),
                "running_mean": draw(channels),
                "running_var": draw(channels, low=0.5, high=2),
                "weight": draw(channels),
                "bias": draw(channels),
            },
            args,
            after=("running_mean", "running_var"),
        )
    case("instanceNorm", "affine", lambda **x: F.instance_norm(**x, eps=1e-5),
         {"input": draw(2, 2, 3, 3), "weight": draw(2), "bias": draw(2)}, {"eps": 1e-5})
    case("instanceNorm", "not affine", lambda **x: F.instance_norm(**x, eps=1e-3),
         {"input": draw(2, 3, 2, 3)}, {"eps": 1e-3})
    case("layerNorm", "one axis", lambda **x: F.layer_norm(normalized_shape=(4,), eps=1e-5, **x),
         {"input": draw(3, 4), "weight": draw(4), "bias": draw(4)}, {"sizes": [4], "eps": 1e-5})
    case("layerNorm", "three axes, not affine", lambda **x: F.layer_norm(normalized_shape=(2, 3, 2), eps=1e-3, **x),
         {"input": draw(2, 2, 3, 2)}, {"sizes": [2, 3, 2], "eps": 1e-3})
    case("groupNorm", "two groups of two", lambda **x: F.group_norm(num_groups=2, eps=1e-5, **x),
         {"input": draw(2, 4, 2, 2), "weight": draw(4), "bias": draw(4)}, {"groups": 2, "eps": 1e-5})


def resampling():
    for name, size in [("larger", (7, 6)), ("twice", (6, 8)), ("smaller", (2, 3))]:
        args = dict(height=size[0], width=size[1])
        images = draw(1, 2, 3, 4)
        case("upsampleNearest", name, lambda input, s=size: F.interpolate(input, size=s, mode="nearest"),
             {"input": images}, args)
        for corners in (False, True):
            case("upsampleBilinear", f"{name}, corners {corners}",
                 lambda input, s=size, c=corners: F.interpolate(input, size=s, mode="bilinear", align_corners=c),
                 {"input": images}, dict(args, align_corners=corners))
    for kernel, stride, padding in [(2, 2, 0), (3, 2, 1), (3, 1, 1)]:
        args = dict(kernel_size=kernel, stride=stride, padding=padding)
        for count in (False, True):
            pooled = dict(args, count_include_pad=count)
            case("avgPool2d", f"{kernel}x{kernel}, stride {stride}, padding {padding}, counted {count}",
                 lambda input, a=pooled: F.avg_pool2d(input, **a), {"input": draw(1, 2, 4, 5)}, pooled)
        case("maxPool2d", f"{kernel}x{kernel}, stride {stride}, padding {padding}",
             lambda input, a=args: F.max_pool2d(input, **a), {"input": distinct(1, 2, 4, 5)}, args)
    case("reflectionPad2d", "2", lambda input: F.pad(input, (2, 2, 2, 2), mode="reflect"),
         {"input": draw(1, 2, 3, 4)}, {"border": 2})
    case("embedding", "two axes of indices", lambda weight, indices: F.embedding(indices, weight),
         {"weight": draw(5, 3), "indices": torch.tensor([[4, 0, 4], [1, 2, 0]])})


def pointwise_and_reductions():
    extreme = torch.tensor([-100, -51, -49, -21, -19, -1, 0, 1, 19, 21, 49, 51, 100], dtype=torch.float64)
    # PyTorch's default goes over to x at 20, a relative error of 1e-10 in float64; the engine does so at 50.
    case("softplus", "extreme logits", lambda input: F.softplus(input, threshold=50), {"input": extreme})
    case("sigmoid", "extreme logits", torch.sigmoid, {"input": extreme})
    case("tanh", "extreme logits", torch.tanh, {"input": extreme})
    case("silu", "extreme logits", F.silu, {"input": extreme})
    case("leakyRelu", "0.2", lambda input: F.leaky_relu(input, 0.2), {"input": draw(3, 4)}, {"slope": 0.2})
    logits = torch.cat([draw(2, 4) * 5, torch.tensor([[100.0, -100, 0, 50], [1000, 1000, -1000, 999]]).double()])
    case("logSoftmax", "last axis, extreme logits", lambda input: F.log_softmax(input, 1), {"input": logits},
         {"axis": 1})
    case("logSoftmax", "first axis", lambda input: F.log_softmax(input, 0), {"input": draw(3, 2)}, {"axis": 0})
    case("crossEntropy", "extreme logits", lambda input, labels: F.cross_entropy(input, labels),
         {"input": logits, "labels": torch.tensor([3, 0, 1, 2])})
    case("norm", "last axis, one row of zeros", lambda input: torch.linalg.vector_norm(input, dim=(1,)),
         {"input": torch.cat([draw(2, 4), torch.zeros(1, 4, dtype=torch.float64)])}, {"axes": [1]})
    case("norm", "all but the first", lambda input: torch.linalg.vector_norm(input, dim=(1, 2, 3)),
         {"input": draw(2, 2, 3, 2)}, {"axes": [1, 2, 3]})
    case("logSumExp", "extreme logits", lambda input: torch.logsumexp(input, (1,)), {"input": logits}, {"axes": [1]})
    case("logSumExp", "two axes", lambda input: torch.logsumexp(input, (0, 2)), {"input": draw(2, 3, 2)},
         {"axes": [0, 2]})
    for unbiased in (False, True):
        for keep in (False, True):
            case("var", f"unbiased {unbiased}, keep {keep}",
                 lambda input, u=unbiased, k=keep: torch.var(input, dim=(0, 2), unbiased=u, keepdim=k),
                 {"input": draw(2, 3, 2)}, {"axes": [0, 2], "unbiased": unbiased, "keep": keep})


def generator(seed):
    return torch.Generator().manual_seed(seed)


def random_draws():
    """Fresh generators, each drawing once; then one generator drawing again and again."""
    draws = []

    def record(op, seed, tensor, **args):
        draws.append({"op": op, "seed": seed, "args": args, "shape": list(tensor.shape), "data": tensor.reshape(-1).tolist()})

    for seed in (0, 42, 2**40 + 7):
        for n in (1, 8, 15, 16, 17, 100):
            record("normal", seed, torch.randn(n, generator=generator(seed)))
        record("normal64", seed, torch.randn(17, generator=generator(seed), dtype=torch.float64))
        record("normal", seed, torch.randn(3, 5, 2, generator=generator(seed)))
        record("uniform", seed, torch.rand(10, generator=generator(seed)) , low=0.0, high=1.0)
        record("uniform", seed, torch.empty(10).uniform_(-3, 5, generator=generator(seed)), low=-3.0, high=5.0)
        record("bernoulli", seed, torch.empty(40).bernoulli_(0.3, generator=generator(seed)), probability=0.3)
        record("integers", seed, torch.randint(1000, (10,), generator=generator(seed)), bound=1000)
        record("permutation", seed, torch.randperm(20, generator=generator(seed)))
    g = generator(7)
    stream = [torch.randn(n, generator=g).tolist() for n in (3, 1, 16, 5, 33, 2)]
    return {"draws": draws, "stream": {"seed": 7, "normals": stream}}


def padding():
    case("zeroPad2d", "2", lambda input: F.pad(input, (2, 2, 2, 2)), {"input": draw(1, 2, 3, 4)}, {"border": 2})


def sampling():
    case("gridSample", "also outside",
         lambda input, points: F.grid_sample(input, points, mode="bilinear", padding_mode="zeros", align_corners=False),
         {"input": draw(2, 2, 4, 5), "points": draw(2, 3, 2, 2)}, {})


def main():
    here = pathlib.Path(__file__).resolve().parent
    directory = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent / "resources" / "golden"
    directory.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    linear_and_convolutions()
    normalizations()
    resampling()
    pointwise_and_reductions()
    padding()
    sampling()
    files = {
        "functional.json": {"torch": torch.__version__.split("+")[0], "cases": FUNCTIONAL},
        "random.json": {"torch": torch.__version__.split("+")[0], **random_draws()},
    }
    for name, content in files.items():
        (directory / name).write_text(json.dumps(content, separators=(",", ":")).replace('{"op"', '\n{"op"') + "\n")
        print(f"{directory / name}: {(directory / name).stat().st_size} bytes")


if __name__ == "__main__":
    main()
