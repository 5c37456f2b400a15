"""The loss around a point: vectors of parameters, curvature; imports network, training and data.samples."""
