"""A category that asks more than where and what."""

QUESTIONS = {
    "type": "object",
    "properties": {
        "fault": {
            "type": "string",
            "title": "井盖怎么了",
            "title_en": "What is wrong with it",
            "oneOf": [
                {"const": "missing", "title": "缺失", "title_en": "Missing"},
                {"const": "broken", "title": "破损", "title_en": "Broken"},
            ],
        },
        "hurt": {"type": "boolean", "title": "有人受伤吗", "title_en": "Is anybody hurt?"},
        "depth": {"type": "integer", "title": "多深", "title_en": "How deep", "minimum": 1, "maximum": 60},
    },
    "required": ["fault"],
    "additionalProperties": False,
}
