"""Addresses of tips: none of the public ones ever holds anything of a tip."""

from django.urls import URLPattern, path

from onegrid.tips.web import channels, desk, files, giving

app_name = "tips"
urlpatterns: list[URLPattern] = [
    path("tips/", giving.give, name="give"),
    path("tips/puzzle/", giving.puzzle, name="puzzle"),
    path("tips/send/", giving.send, name="send"),
    path("tips/upload/", giving.upload, name="upload"),
    path("tips/dialogue/", giving.come_back, name="dialogue"),
    path("tips/dialogue/read/", giving.read, name="read"),
    path("tips/dialogue/write/", giving.write, name="write"),
    path("tips/dialogue/delete/", giving.delete, name="delete"),
    path("tip-desk/", desk.board, name="inbox"),
    path("tip-desk/tips/<uuid:tip_id>/", desk.tip, name="tip"),
    path("tip-desk/tips/<uuid:tip_id>/say/", desk.say, name="say"),
    path("tip-desk/tips/<uuid:tip_id>/case/", desk.write, name="case"),
    path("tip-desk/tips/<uuid:tip_id>/longer/", desk.longer, name="keep_longer"),
    path("tip-desk/tips/<uuid:tip_id>/close/", desk.close, name="close"),
    path("tip-desk/files/<uuid:attachment_id>/", files.show, name="file"),
    path("tip-desk/files/<uuid:attachment_id>/original/", files.original, name="original"),
    path("tip-desk/keys/<uuid:recipient_id>/", desk.key, name="key"),
    path("tip-desk/keys/<uuid:recipient_id>/make/", desk.make_key, name="make_key"),
    path("tip-desk/channels/", channels.channels, name="channels"),
    path("tip-desk/channels/add/", channels.add, name="add_channel"),
    path("tip-desk/channels/<uuid:channel_id>/appoint/", channels.appoint, name="appoint"),
    path("tip-desk/readers/<uuid:recipient_id>/confirm/", channels.confirm, name="confirm"),
    path("tip-desk/readers/<uuid:recipient_id>/end/", channels.end, name="end"),
]
