"""Writes what torch-fidelity computes for sets of random features, in float64.

Usage: python golden_metrics.py [DIRECTORY]     needs torch, torch-fidelity 0.4, numpy and safetensors; the directory
                                                defaults to ../resources/golden

Each set SET/generated and SET/real [N, d] has SET/fid, SET/kid (mean, std) over the subsets SET/kid_generated and
SET/kid_real (indices [subsets, size], those that torch-fidelity draws), SET/isc (mean, std) with the generated features
as logits in their order, and SET/prc (precision, recall, F) and SET/prdc (density, coverage), for k = 3 and 5.
torch-fidelity has no density and coverage: these are counted here, pair by pair, from the definition of Naeem et al.
(2020). ppl/ holds two sets of latents, a linear map as the generator, and torch-fidelity's path lengths (those of slerp_unit from latents
scaled to norm 1).
"""

import pathlib
import sys

import numpy as np
import torch
import torch_fidelity
from safetensors.torch import save_file
from torch_fidelity.metric_fid import fid_features_to_statistics, fid_statistics_to_metric
from torch_fidelity.metric_isc import isc_features_to_metric
from torch_fidelity.metric_kid import kid_features_to_metric
from torch_fidelity.metric_ppl import calculate_ppl
from torch_fidelity.metric_prc import prc_features_to_metric

RANDOM = np.random.RandomState(2020)
SEED = 2020
OUT = {}


def put(name, value):
    OUT[name] = torch.as_tensor(np.asarray(value)).clone().contiguous()


def features(name, n, m, d, scale, shift, subset):
    mix = RANDOM.randn(d, d) / np.sqrt(d)
    generated = torch.from_numpy(np.maximum(RANDOM.randn(n, d) @ mix * scale + shift, 0) if shift else RANDOM.randn(n, d))
    real = torch.from_numpy(np.maximum(RANDOM.randn(m, d) @ mix, 0) if shift else RANDOM.randn(m, d) * scale)
    put(f"{name}/generated", generated)
    put(f"{name}/real", real)
    statistics = [fid_features_to_statistics(x) for x in (generated, real)]
    put(f"{name}/fid", fid_statistics_to_metric(*statistics, False)["frechet_inception_distance"])

    subsets = 20
    kid = kid_features_to_metric(
        generated, real, kid_subsets=subsets, kid_subset_size=subset, rng_seed=SEED, verbose=False,
        kid_kernel="poly", kid_kernel_poly_degree=3, kid_kernel_poly_gamma=None, kid_kernel_poly_coef0=1.0,
    )
    put(f"{name}/kid", [kid["kernel_inception_distance_mean"], kid["kernel_inception_distance_std"]])
    rng = np.random.RandomState(SEED)
    drawn = [(rng.choice(n, subset, replace=False), rng.choice(m, subset, replace=False)) for _ in range(subsets)]
    put(f"{name}/kid_generated", np.stack([a for a, _ in drawn]))
    put(f"{name}/kid_real", np.stack([b for _, b in drawn]))

    for splits in (1, 7, 10):
        isc = isc_features_to_metric(generated, splits=splits, shuffle=False)
        put(f"{name}/isc/{splits}", [isc["inception_score_mean"], isc["inception_score_std"]])

    for k in (3, 5):
        prc = prc_features_to_metric(
            generated, real, prc_neighborhood=k, prc_batch_size=10000, save_cpu_ram=False, verbose=False
        )
        put(f"{name}/prc/{k}", [prc["precision"], prc["recall"], prc["f_score"]])
        put(f"{name}/prdc/{k}", density_and_coverage(generated.numpy(), real.numpy(), k))


def density_and_coverage(generated, real, k):
    radii = [sorted(np.linalg.norm(r - s) for j, s in enumerate(real) if j != i)[k - 1] for i, r in enumerate(real)]
    inside = np.array([[np.linalg.norm(g - r) < radius for g in generated] for r, radius in zip(real, radii)])
    return [inside.sum() / (k * len(generated)), inside.any(axis=1).mean()]


class SquaredDistance(torch_fidelity.SampleSimilarityBase):
    def __init__(self, name, sample_similarity_resize=None, sample_similarity_dtype=None, **kwargs):
        super().__init__(name)

    def forward(self, a, b):
        return ((a - b) ** 2).flatten(1).sum(dim=1)


class Toy(torch_fidelity.GenerativeModelBase):
    """tanh(z W), on latents of a source registered under a name."""

    num_classes = 0
    z_size = None
    z_type = None

    def __init__(self, weight, source):
        super().__init__()
        self.weight = weight
        self.z_type = source
        self.z_size = weight.shape[0]

    def forward(self, z):
        return torch.tanh(z @ self.weight)


def percentile(values, q, interpolation, original=np.percentile):
    """NumPy 2.4 took away the old name of this argument, which torch-fidelity 0.4.0 uses."""
    return original(values, q, method=interpolation)


def path_length(count, size):
    latents = [RANDOM.randn(count, size) for _ in range(2)]
    weight = torch.from_numpy(RANDOM.randn(size, 6))
    np.percentile = percentile
    put("ppl/from", latents[0])
    put("ppl/to", latents[1])
    put("ppl/weight", weight)
    for mode in ("lerp", "slerp_any", "slerp_unit"):
        unit = [z / np.linalg.norm(z, axis=1, keepdims=True) for z in latents]
        given = iter(unit if mode == "slerp_unit" else latents)
        torch_fidelity.register_noise_source(f"given_{mode}", lambda rng, shape: torch.from_numpy(next(given)))
        model = Toy(weight, f"given_{mode}")
        score = calculate_ppl(
            1, input1=model, input1_model_num_samples=count, cuda=False, batch_size=64, verbose=False,
            ppl_epsilon=1e-4, ppl_z_interp_mode=mode, ppl_sample_similarity="squared_distance", ppl_reduction="mean",
            ppl_discard_percentile_lower=1, ppl_discard_percentile_higher=99,
        )
        put(f"ppl/{mode}", [score["perceptual_path_length_mean"], score["perceptual_path_length_std"]])


def main(directory):
    features("wide", 300, 250, 16, 1.2, 0.3, 100)
    features("narrow", 200, 200, 3, 1.5, 0.0, 50)
    features("few", 12, 14, 16, 1.2, 0.3, 10)  # fewer samples than dimensions
    torch_fidelity.register_sample_similarity("squared_distance", SquaredDistance)
    path_length(300, 8)
    save_file(OUT, directory / "metrics.safetensors")


if __name__ == "__main__":
    here = pathlib.Path(__file__).parent
    main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here / "../resources/golden")
