"""The backpropagation core: NumPy only, pure functions, frozen values.

Letters, as in the lecture (row vectors; one sample is one row):

====== ===================== =====================================================
letter shape                 meaning
====== ===================== =====================================================
x      (m, d)                inputs
W      (out, in)             weights of one layer
b      (out,) or None        biases of one layer
z      (m, out)              pre-activations, z = h_previous Wᵀ + b
h      (m, out)              activations, h = f(z); h[0] is x, the last one is ŷ
y      (m, k)                targets
L      scalar                loss, the mean over the m samples
delta  (m, out)              ∂(loss of the sample)/∂z, one row per sample, without 1/m
dW, db shapes of W and b     ∂L/∂W and ∂L/∂b, with the 1/m (slides 52–54)
eta    scalar                learning rate η
====== ===================== =====================================================
"""
