"""The description of the API (OpenAPI 3.1), made from the declared operations and the types they take and answer."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from twosource.store.accounts import Summary
from twosource.version import VERSION
from twosource.web.api.operations import BASE, JSON, Nothing, Operation
from twosource.web.api.problems import MEDIA

Schema = dict[str, Any]

REFERENCE = "#/components/schemas/{name}"

_TAGS = {
    "stories": "Stories and their accounts",
    "articles": "Articles in and out",
    "search": "Search, speakers and saved searches",
    "conflicts": "What reports tell differently",
    "notes": "Notes and replies",
    "corrections": "Corrections, and taking them back",
    "feeds": "Feeds that are followed",
    "server": "The server",
}

PROBLEM: Schema = {
    "type": "object",
    "description": "RFC 9457. Problems of operations have a `code` that never changes.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "position": {"type": "integer"},
        "rejected": {"type": "array", "items": {"type": "object"}},
    },
}

ARTICLE: Schema = {
    "type": "object",
    "description": "One article; text or html is needed. Offsets refer to exactly that text.",
    "properties": {
        "id": {"type": "string"},
        "outlet": {"type": "string"},
        "url": {"type": "string"},
        "title": {"type": "string"},
        "published": {"type": "string", "description": "YYYY-MM-DD or RFC 3339"},
        "text": {"type": "string"},
        "html": {"type": "string"},
    },
    "anyOf": [
        {"required": ["text"], "properties": {"text": {"minLength": 1}}},
        {"required": ["html"], "properties": {"html": {"minLength": 1}}},
    ],
}


def document(operations: tuple[Operation, ...]) -> Schema:
    """Return the description of all operations."""
    types = _types(operations)
    _, made = msgspec.json.schema_components(types, ref_template=REFERENCE)
    schemas = {name: _even(schema) for name, schema in made.items()}
    paths: dict[str, Schema] = {}
    for one in operations:
        paths.setdefault(BASE + one.path, {})[one.method.lower()] = _operation(one, schemas)
    kept = {name: schema for name, schema in schemas.items() if name not in {t.query.__name__ for t in operations}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "twosource",
            "version": VERSION,
            "description": "One event, every report of it, one account. Offsets are Unicode code points into the "
            "article's text as received, half-open. Times are RFC 3339 in UTC.",
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": words} for name, words in _TAGS.items()],
        "security": [{}, {"token": []}],
        "paths": paths,
        "components": {
            "schemas": kept | _records() | {"Problem": PROBLEM, "ArticleIn": ARTICLE},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _even(schema: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """The schema with pairs written as arrays of two of a kind, which readers of older dialects understand too."""
    if isinstance(schema, list):
        return [_even(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    told = {key: _even(value) for key, value in schema.items()}
    parts = told.get("prefixItems")
    if parts and all(part == parts[0] for part in parts):
        told = {key: value for key, value in told.items() if key != "prefixItems"} | {"items": parts[0]}
    return told


def _types(operations: tuple[Operation, ...]) -> list[type]:
    found: dict[str, type] = {}
    for one in operations:
        for form in (one.query, one.body, one.answer):
            if form is not None and form is not Nothing:
                found[form.__name__] = form
    return [*found.values(), Summary]


@cache
def _records() -> dict[str, Schema]:
    """The records that have a schema of their own, with their parts under names of their own."""
    found: dict[str, Schema] = {"Bytes": {"type": "string", "format": "binary"}}
    for name in ("Account", "Report"):
        text = files("twosource").joinpath("schemas", f"{name.lower()}.json").read_text("utf-8")
        whole: Schema = json.loads(text.replace("#/$defs/", f"#/components/schemas/{name}."))
        found |= {f"{name}.{part}": schema for part, schema in whole.pop("$defs", {}).items()}
        found[name] = {key: value for key, value in whole.items() if not key.startswith("$")}
    return found


def _operation(one: Operation, schemas: dict[str, Any]) -> Schema:
    told: Schema = {
        "tags": [one.tag],
        "summary": one.summary,
        "description": " ".join(one.doc.split()),
        "operationId": f"{one.tag}.{one.run.__name__}",
        "parameters": [*_in_path(one), *_in_query(one, schemas)],
        "responses": _responses(one),
    }
    if one.takes:
        listed: Schema = {"oneOf": [_ref("ArticleIn"), {"type": "array", "items": _ref("ArticleIn"), "minItems": 1}]}
        content = {kind: {"schema": listed if kind == JSON else {"type": "string"}} for kind in one.takes}
        told["requestBody"] = {"required": True, "content": content}
    elif one.body is not Nothing:
        told["requestBody"] = {"required": True, "content": {JSON: {"schema": _ref(one.body.__name__)}}}
    return told


def _in_path(one: Operation) -> list[Schema]:
    names = [part[1:-1] for part in one.path.split("/") if part.startswith("{")]
    return [{"name": name, "in": "path", "required": True, "schema": _path_schema(name)} for name in names]


def _path_schema(name: str) -> Schema:
    if name == "number":
        return {"type": "integer", "minimum": 1, "maximum": 2**53 - 1}
    return {
        "type": "string",
        "minLength": 1,
        "maxLength": 600,
        "pattern": "^[A-Za-z0-9~][A-Za-z0-9_.-]*$",
        "description": "An id; one that a path cannot carry stands in base64url behind a tilde.",
    }


def _in_query(one: Operation, schemas: dict[str, Any]) -> list[Schema]:
    if one.query is Nothing:
        return []
    form = schemas[one.query.__name__]
    needed = form.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in needed, "schema": _bare(schema)}
        for name, schema in form["properties"].items()
    ]


def _bare(schema: Schema) -> Schema:
    """A parameter's schema without the null that leaving it out means."""
    options = [o for o in schema.get("anyOf", ()) if o != {"type": "null"}]
    bare = options[0] if len(options) == 1 else {k: v for k, v in schema.items() if k != "anyOf"} | (
        {"anyOf": options} if options else {}
    )  # fmt: skip
    return {k: v for k, v in bare.items() if not (k == "default" and v is None)}


def _responses(one: Operation) -> Schema:
    problem = {"description": "It was not done.", "content": {MEDIA: {"schema": _ref("Problem")}}}
    if one.status == 204:
        return {"204": {"description": "Done."}, "default": problem}
    name = one.answer.__name__ if one.answer else one.schema or ""
    done: Schema = {"description": "Done.", "content": {one.media: {"schema": _ref(name)}}}
    if not one.writes:
        done["headers"] = {"ETag": {"schema": {"type": "string"}}} if one.media == JSON else {}
    more = {} if one.writes else {"304": {"description": "What you have (If-None-Match) is still so."}}
    return {str(one.status): done, **more, "default": problem}


def _ref(name: str) -> Schema:
    return {"$ref": REFERENCE.format(name=name)}
