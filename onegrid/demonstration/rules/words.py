"""What simulated reporters and officers say. Every sentence is made up; none names a person."""

import random
from collections.abc import Mapping

from onegrid.cases.public import Move, Outcome, ReturnReason
from onegrid.demonstration.rules.journeys import Aside
from onegrid.dispatch.public import DisputeReason

STREETS = ("青禾路", "月落垟街", "河口塘路", "古岸大道", "博园路", "池底巷", "山前路", "鹅湖街", "叶宅路", "瞿溪老街")

REPORTS: Mapping[str, tuple[str, ...]] = {
    "daily.roads.manhole": ("雨水井盖断裂，行人易踩空", "井盖晃动，夜里车过声音很响", "人行道上少了一块井盖"),
    "daily.roads.pothole": ("路面坑洼，电动车经过容易摔倒", "路口沥青开裂，下雨积水"),
    "daily.roads.footway": ("人行道地砖松动，一踩一脚水",),
    "daily.lamps.dark": ("学校门口路灯连续三晚不亮", "小区外一排路灯都不亮，老人不敢出门"),
    "daily.drains.clogged": ("雨水口被落叶堵住，一下雨就漫过路沿",),
    "daily.drains.estate": ("地下室积水约 20 厘米，水泵不转",),
    "daily.sanitation.rubbish": ("路边堆着几袋垃圾，好几天没人清", "绿化带里有人倒了生活垃圾"),
    "daily.sanitation.debris": ("半夜有人偷倒装修垃圾",),
    "daily.appearance.stall": ("夜宵摊占用盲道，油污未清", "早市收摊后菜叶满地"),
    "daily.appearance.courier": ("快递点门前堆件占半条人行道",),
    "daily.appearance.leaflets": ("楼道里贴满小广告",),
    "daily.transport.parking": ("消防通道口常有车违停", "公交站台前停满私家车"),
    "daily.transport.zombie": ("一辆报废面包车停了半年多",),
    "daily.transport.bikes": ("共享单车堆满地铁口",),
    "daily.environment.night-work": ("工地凌晨打桩，居民无法入睡",),
    "daily.environment.river": ("河面油花约 30 平方米，疑似上游排口",),
    "daily.environment.fumes": ("楼下烧烤店油烟直排",),
    "daily.greenery.fallen": ("大风刮断树枝，横在路中间",),
    "daily.estate.lift-faulty": ("电梯运行时抖动，按了楼层不停",),
    "fire.passage.blocked": ("楼道堆物堵住安全出口，电动车停在门口",),
    "fire.ebike.indoors": ("有人把电动车推进楼道充电",),
    "fire.ebike.flying-wire": ("从三楼窗户拉线下来充电",),
    "housing.rental.overcrowded": ("一套两室住了十几个人",),
    "safety.gas.cylinder": ("小吃店后厨放着五个煤气瓶",),
    "season.typhoon.waterlogging": ("桥下积水，小车已经熄火",),
    "disputes.labor.wages": ("工地三个月没发工资",),
}
DONE = (
    "已派人到现场处理完毕，见照片。",
    "当日更换，已清理现场。",
    "已整改到位，责任人已签字确认。",
    "已修复并试用正常。",
    "已现场督促整改，当事人当场改正。",
    "已安排养护队处理，恢复正常。",
    "已约谈责任人，限期内完成整改。",
    "已上门调解，双方达成一致。",
)
FOUND = ("到现场看过，情况属实。", "属实，影响通行，建议尽快处置。", "与所述一致，已拍照。", "范围比所述略小。")
VERIFIED = ("现场核查，问题已解决。", "核查通过：与照片一致。", "回访居民，表示已解决。", "抽查现场，无反弹。")
REWORK = ("仍有一处未处理，请继续。", "照片只有一处，另一处没有处理。", "现场与照片不符，请重新处置。")
RETURNS: Mapping[str, ReturnReason] = {
    "不在本单位职责内，属产权单位管理。": ReturnReason.NOT_OUR_FIELD,
    "地点在相邻片区，请改派。": ReturnReason.NOT_OUR_AREA,
    "需先由主管部门认定，暂无处置权限。": ReturnReason.ANOTHER_FIRST,
}
RETURNED = tuple(RETURNS)
NOTES = (
    "备件要调货，预计明天到。", "居民要求电话联系后再上门。", "与去年同一位置，建议查原因。",
    "已联系物业，约定明早碰头。", "当事人不在家，改天再去。", "雨停后施工。",
)  # fmt: skip
CLOSED: Mapping[Outcome, tuple[str, ...]] = {
    Outcome.FIXED: ("问题已解决。", "已处理完毕，感谢反映。", "已整改，后续纳入日常巡查。"),
    Outcome.NOT_FIXABLE: ("私有道路，产权方不同意施工，已告知报告人。", "需列入明年改造计划，已说明情况。"),
    Outcome.NOTHING_FOUND: ("两次到现场均未见所述情况。", "现场查看未发现问题，已与报告人联系。"),
    Outcome.NOT_OURS: ("经核实属市级管养，已转市级平台。", "属电力部门设施，已转告，报修电话 95598。"),
    Outcome.DUPLICATE: ("与在办件为同一事项，结果一并答复。",),
}
REFUSED: Mapping[Outcome, tuple[str, ...]] = {
    Outcome.NOT_OURS: ("此事由市供电公司负责，已转告，报修电话 95598。", "属相邻县区，已告知报告人向当地反映。"),
    Outcome.NOTHING_FOUND: ("所述地点不存在，多次联系无果。", "内容不具体，无法核实，请补充后再报。"),
    Outcome.DUPLICATE: ("此事已有在办件，请以该件为准。",),
}
SAID: Mapping[Move, tuple[str, ...]] = {
    Move.ASK_CHECK: ("请到现场看一下是否属实。", "请核实位置和范围，拍照。"),
    Move.ANSWER_CHECK: FOUND,
    Move.RETURN: RETURNED,
    Move.RECALL: ("派错单位，收回重派。", "情况有变，收回。"),
    Move.REPORT_BACK: DONE,
    Move.SOLVE_TO_VERIFY: DONE[:4],
    Move.PASS: VERIFIED,
    Move.FAIL: REWORK,
    Move.REOPEN: ("过了两天又是老样子。", "只处理了一半，请继续。", "没有解决，照片不是这里。"),
    Move.MERGE: ("同一地点、同一件事。", "与在办件重复，合并。"),
}
ASKED_FOR_TIME: Mapping[Aside, tuple[str, ...]] = {
    Aside.ASK_EXTENSION: (
        "涉及多家单位和当事人，正在逐一协商。", "材料尚未补齐，还需要几天。", "当事人在外地，约定返回后办理。",
        "需请专业机构出具意见，尚未收到。", "已排入下周计划，本周人手不足。",
    ),
    Aside.ASK_SUSPENSION: (
        "已列入专项计划，待计划实施后办理。", "当事人已起诉，等待法院判决。", "须待上级部门审批，短期内无法办结。",
    ),
}  # fmt: skip
TIME_GRANTED = ("理由充分，同意延期，请按新期限办结。", "情况属实，同意延期一次。", "同意，请每三天报一次进展。")
TIME_REFUSED = ("理由不充分，请在原期限内办结。", "未附证明材料，不予同意。", "可先做临时处置，不同意。")
SUSPENDED = ("客观条件不具备，同意挂账，到期恢复计时。", "情况属实，同意挂账，请先做好现场安全。")
DISPUTED: Mapping[DisputeReason, tuple[str, ...]] = {
    DisputeReason.NOT_OUR_TASK: ("职责清单中此类事项不归本单位。", "机构改革后该职能已划出。"),
    DisputeReason.NOT_OUR_PLACE: ("现场在红线以外，不属本单位管养范围。",),
    DisputeReason.OWNER: ("设施有产权单位，应由产权单位负责维修。",),
    DisputeReason.SHARED: ("涉及两家单位，建议由另一家主办，本单位配合。",),
}
ARGUED = (
    "已查移交协议，养护责任未移交本单位。",
    "本单位只负责协助，主办仍应为原单位。",
    "去年同类事项由对方处理，有记录可查。",
)
RULED: Mapping[bool, tuple[str, ...]] = {  # by whether the unit that was named gets it
    True: ("依职责清单，由被指认单位主办。", "现场核实，设施由被指认单位管养，改由其主办。"),
    False: ("依职责清单，仍由原单位主办。", "争议理由不成立，由原单位继续办理，不重新计时。"),
}
APPEALED = (
    "当日连续暴雨，现场无法作业，请求不计超时。",
    "系统外协单位未按约到场，责任不在本单位。",
    "派单信息有误，核对用去两天。",
)
APPEAL_REVIEWED: Mapping[bool, tuple[str, ...]] = {
    True: ("情况属实，建议不计。", "材料充分，同意。"),
    False: ("理由不成立，维持超时。", "应提前申请延期，不同意。"),
}
AGAIN = ("核对职责清单，仍由贵单位主办。", "重新派遣。", "请继续处置。")
SUPPORT = ("配合现场处置", "派人到场协助", "协助认定责任")
SUPPORTED = ("已配合完成。", "已到场协助。", "已出具意见。")
SAME = "同一件事又有人反映。"
RATED: Mapping[int, tuple[str, ...]] = {
    5: ("", "很快，谢谢", "满意", "处理得很好"),
    4: ("", "不错", "谢谢，就是慢了点"),
    3: ("", "一般", "过几天再看看"),
    2: ("只处理了一半", "太慢了", ""),
    1: ("根本没解决", "没人联系过我", "照片拍的不是这里"),
}


SINCE = ("昨天傍晚发现的", "已经三天了", "上周就有", "今天早上路过看到", "断断续续有半个月了")
EFFECTS = ("老人和孩子经过不安全", "影响周围居民", "邻居们也都在说", "希望有人来看一下", "下雨天更明显")


def reported(code: str, name: str, draw: random.Random) -> tuple[str, str]:
    """Return the title of what a reporter says of a matter, and all of it."""
    title = draw.choice(REPORTS.get(code, (name,)))
    return title, f"{title}。{draw.choice(SINCE)}，{draw.choice(EFFECTS)}。"


def address(draw: random.Random) -> str:
    """Return an invented street and house number."""
    return f"{draw.choice(STREETS)} {draw.randint(1, 188)} 号附近"
