from django.db import migrations

# ADR 14: one trigger for each kind of statement, so that nobody who writes cases can forget to count them. A trigger
# sees all rows of its statement at once and adds what they change; rows of an update that are counted as before
# cancel each other out and leave nothing. Nothing is locked that two writers could wait for.
COUNTED = "township_code, community_code, grid_code, status, channel, is_urgent, is_simulated"

FORWARD = f"""
CREATE FUNCTION cases_count_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cases_areachange ({COUNTED}, stage_due_at, change)
    SELECT {COUNTED}, stage_due_at, count(*) FROM added GROUP BY {COUNTED}, stage_due_at;
    RETURN NULL;
END $$;
CREATE FUNCTION cases_count_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cases_areachange ({COUNTED}, stage_due_at, change)
    SELECT {COUNTED}, stage_due_at, sum(change) FROM (
        SELECT {COUNTED}, stage_due_at, 1 AS change FROM added
        UNION ALL SELECT {COUNTED}, stage_due_at, -1 FROM gone
    ) AS changed GROUP BY {COUNTED}, stage_due_at HAVING sum(change) <> 0;
    RETURN NULL;
END $$;
CREATE FUNCTION cases_count_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cases_areachange ({COUNTED}, stage_due_at, change)
    SELECT {COUNTED}, stage_due_at, -count(*) FROM gone GROUP BY {COUNTED}, stage_due_at;
    RETURN NULL;
END $$;
CREATE FUNCTION cases_count_nothing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM cases_areachange;
    DELETE FROM cases_areacounter;
    RETURN NULL;
END $$;
CREATE TRIGGER cases_case_inserted_is_counted AFTER INSERT ON cases_case
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION cases_count_inserted();
CREATE TRIGGER cases_case_updated_is_counted AFTER UPDATE ON cases_case
    REFERENCING OLD TABLE AS gone NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION cases_count_updated();
CREATE TRIGGER cases_case_deleted_is_counted AFTER DELETE ON cases_case
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION cases_count_deleted();
CREATE TRIGGER cases_case_emptied_is_counted AFTER TRUNCATE ON cases_case
    FOR EACH STATEMENT EXECUTE FUNCTION cases_count_nothing();
"""
BACKWARD = """
DROP TRIGGER cases_case_emptied_is_counted ON cases_case;
DROP TRIGGER cases_case_deleted_is_counted ON cases_case;
DROP TRIGGER cases_case_updated_is_counted ON cases_case;
DROP TRIGGER cases_case_inserted_is_counted ON cases_case;
DROP FUNCTION cases_count_nothing();
DROP FUNCTION cases_count_deleted();
DROP FUNCTION cases_count_updated();
DROP FUNCTION cases_count_inserted();
"""
# Whoever was writing when the triggers came has finished, and nobody writes before this is committed.
FILL = f"""
INSERT INTO cases_areahorizon (id, moment) VALUES (1, now());
INSERT INTO cases_areacounter ({COUNTED}, cases, late)
SELECT {COUNTED}, count(*), count(*) FILTER (WHERE stage_due_at < now()) FROM cases_case GROUP BY {COUNTED};
"""
EMPTY = """
DELETE FROM cases_areachange;
DELETE FROM cases_areacounter;
DELETE FROM cases_areahorizon;
"""


class Migration(migrations.Migration):
    """Let the database count the cases of every area, beginning with those that are there."""

    dependencies = [("cases", "0004_area_counters")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD), migrations.RunSQL(FILL, EMPTY)]
