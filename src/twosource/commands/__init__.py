"""The commands over a store: parse, call, print. What they do stands in `twosource.desk` and `twosource.store`."""
