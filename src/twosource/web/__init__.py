"""The newsroom in a browser: pages over a store, safe on a machine that is not alone, usable without JavaScript.

`app.create_app` makes the application, `serving.serve` runs it. Nothing here asks another machine for anything.
"""
