"""A tiny pack without fault: two townships of two grids each, a handful of units, people and matters."""

import json

WEST, SOUTH, STEP = 120.60, 27.90, 0.01
TOWNSHIPS = ("330304001", "330304002")


def square(column, width=1.0):
    west, east = WEST + column * STEP, WEST + (column + width) * STEP
    return {
        "type": "Polygon",
        "coordinates": [[[west, SOUTH], [east, SOUTH], [east, SOUTH + STEP], [west, SOUTH + STEP], [west, SOUTH]]],
    }


def feature(code, column, width=1.0, **more):
    return {
        "type": "Feature",
        "properties": {"code": code, "name": f"区域{code}", **more},
        "geometry": square(column, width),
    }


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=0)


def areas():
    first, second = TOWNSHIPS
    return {
        "areas/district.geojson": collection(feature("330304", 0, 4)),
        "areas/townships.geojson": collection(feature(first, 0, 2), feature(second, 2, 2)),
        "areas/communities.geojson": collection(
            feature(f"{first}001", 0, 2, street=first), feature(f"{second}001", 2, 2, street=second)
        ),
        "areas/grids.geojson": collection(
            *(
                feature(f"{township}00100{number + 1}", index * 2 + number, community=f"{township}001")
                for index, township in enumerate(TOWNSHIPS)
                for number in (0, 1)
            )
        ),
    }


YAML = """\
format: 1
code: tiny
name: 小区
name_en: Tiny
city: 市
city_en: City
time_zone: Asia/Shanghai
languages: [zh-hans, en]
records_from: 2020-01-01
editions:
  - code: "2020"
    opens_on: 2020-01-01
    district: areas/district.geojson
    townships: areas/townships.geojson
    communities: areas/communities.geojson
    grids: areas/grids.geojson
map: {center: [120.6, 27.9], zoom: 12}
emergency_numbers: [{number: "119", name: 火警, name_en: Fire}]
reopen_window_days: 15
demonstration_accounts: [a.handler]
"""
UNITS = """\
code,name,name_en,kind,function,area,parent
centre,中心,Center,centre,centre,330304,
roads,养护,Roads,department,roads,330304,
a-centre,甲中心,Center A,centre,centre,330304001,centre
a-grid,甲队,Team A,grid_team,grid,330304001,a-centre
b-centre,乙中心,Center B,centre,centre,330304002,centre
b-grid,乙队,Team B,grid_team,grid,330304002,b-centre
a-fire,甲消防,Fire A,office,fire,330304001,
"""
POSTS = """\
code,name,name_en,unit,role
roads-handler,经办,Handler,roads,handler
a-dispatcher,派遣,Dispatcher,a-centre,dispatcher
"""
ACCOUNTS = """\
username,display_name,post
a.handler,甲,roads-handler
a.dispatcher,乙,a-dispatcher
"""
SYSTEM = """\
username,display_name,role,unit,area
admin,丙,administrator,centre,330304
"""
WORKERS = """\
username,display_name,grid,engagement
w1,丁,330304001001001,full_time
w2,戊,330304001001002,full_time
w3,己,330304002001001,part_time
w4,庚,330304002001002,full_time
"""
CATEGORIES = """\
code,name,name_en,filing_condition,filing_condition_en,closing_condition,closing_condition_en,proof,limit_accept,limit_check,limit_file,limit_dispatch,limit_handle,limit_verify,limit_close,time_unit,lead_grid,lead_township,lead_district,lowest_level,urgent,sensitivity,keywords,keywords_en,public_may_report,grid_workers
daily,日常,Daily,,,,,,,,,,,,,,,,,,,,,,,
daily.roads,道路,Roads,,,,,,,,,,,,,,,,,,,,,,,
daily.roads.hole,坑洞,Hole,有坑,A hole,补好,Filled,before:photo;after:photo,2,8,4,2,24,24,12,natural_days,grid,roads,roads,grid,no,open,坑;洞,hole,yes,yes
daily.roads.dark,路灯,Lamp,不亮,Dark,亮了,Lit,after:photo,2,8,4,2,48,24,12,natural_days,,roads,roads,township,no,open,灯,lamp,yes,no
"""  # noqa: E501  # one row is one line
ADMISSIONS = """\
category,decision,decided_by,decided_on,valid_from,valid_until,temporary,owner
daily.roads.hole,1号,小组,2024-01-01,2024-02-01,,no,roads
daily.roads.hole,2号,小组,2024-01-01,2024-02-01,2024-12-31,yes,roads
"""
ROUTING = """\
code,category,area,level,weekdays,from_time,to_time,opens_on,closes_on,lead,support,reason,reason_en
night,daily.roads,330304001,township,6;7,22:00,06:00,2024-01-01,2027-01-01,@roads,a-fire,夜间,At night
"""
REPLIES = """\
code,step,category,name,name_en,text,text_en
accepted,accept,,已受理,Accepted,{number} 已受理。,{number} is accepted.
"""
CALENDARS = """\
calendars:
  - code: office
    name: 机关
    name_en: Office
    default: true
    holidays: china
    kinds: [department]
    hours:
      - {weekdays: [1, 2, 3, 4, 5], spans: [08:30-12:00, 14:00-17:30]}
  - code: daily
    name: 每日
    name_en: Daily
    holidays: none
    kinds: [centre, grid_team]
    functions: [fire]
    hours:
      - {weekdays: [1, 2, 3, 4, 5, 6, 7], spans: [08:00-20:00]}
  - code: always
    name: 全天
    name_en: Always
    holidays: none
    units: [centre]
    hours:
      - {weekdays: [1, 2, 3, 4, 5, 6, 7], spans: [00:00-24:00]}
public_days:
  - {from: 2027-01-01, to: 2027-01-03, working: false, name: 元旦, name_en: New Year's Day}
  - {from: 2027-01-10, working: true, name: 元旦, name_en: New Year's Day}
"""
FORM = {
    "title": "坑洞",
    "title_en": "Hole",
    "type": "object",
    "properties": {
        "size": {
            "type": "string",
            "title": "大小",
            "title_en": "Size",
            "oneOf": [{"const": "s", "title": "小", "title_en": "Small"}],
        }
    },
    "required": ["size"],
}


def write_pack(folder):
    """Write the tiny pack into a folder and return it."""
    files = areas() | {
        "pack.yaml": YAML,
        "units.csv": UNITS,
        "posts.csv": POSTS,
        "accounts.csv": ACCOUNTS,
        "system_accounts.csv": SYSTEM,
        "grid_workers.csv": WORKERS,
        "categories.csv": CATEGORIES,
        "admissions.csv": ADMISSIONS,
        "routing.csv": ROUTING,
        "reply_templates.csv": REPLIES,
        "calendars.yaml": CALENDARS,
        "forms/daily.roads.hole.json": json.dumps(FORM, ensure_ascii=False, indent=1),
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf8")
    return folder
