"""Which faults there are, and drawing some of them."""
