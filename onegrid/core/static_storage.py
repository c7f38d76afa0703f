"""Static files with their hash in the name, so that a browser keeps them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """As WhiteNoise has it, with the imports between our ES modules rewritten."""

    support_js_module_import_aggregation = True
