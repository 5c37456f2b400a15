"""The only room that opens files: samples, data sets, MNIST."""
