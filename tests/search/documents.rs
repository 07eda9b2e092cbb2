//! Small documents that the tests search: written for them, each with other parts of the genre.

use celan::document::Document;
use celan::document::locator::DocumentId;

use crate::common::document;

/// A plan with chapters, measures and a table.
pub(crate) const PLAN: &str = "\
云岭省人民政府办公厅关于印发《云岭省数字商务发展规划（2021—2025年）》的通知\n\
云政办发〔2021〕12号\n\n\
各市、州人民政府，省直有关单位：\n\n\
《云岭省数字商务发展规划（2021—2025年）》已经省人民政府同意，现印发给你们，请认真贯彻执行。\n\n\
云岭省人民政府办公厅\n2021年9月3日\n\n\
第一章　发展基础\n\n\
“十三五”时期，全省外贸进出口总额年均增长8.5%，电商企业由12家增至120家。外贸企业与境外贸易伙伴往来频繁！电商下乡初见成效。\n\n\
一、主要成绩\n\n\
（一）外贸规模扩大。2020年外贸企业达到6,500家；易货贸易试点起步，易货贸易制度初步建立。\n\n\
（二）农村电商起步。建成农村电子商务站点300个，ＲＣＥＰ规则宣讲１２场。农村电商的农村站点覆盖８０％以上。\n\n\
第二章　重点任务\n\n\
一、培育主体\n\n\
（一）培育外贸企业。支持外贸企业开拓市场，支持电商企业“走出去”。\n\n\
1. 建设孵化中心。孵化农村电商带头人。\n\n\
（1）开展培训。每年培训电商人才1000人次。\n\n\
（二）发展易货贸易。探索易货贸易新模式；货贸易货，货贸易货贸易。\n\n\
——坚持创新驱动。以创新引领电商发展。\n\n\
二、优化布局\n\n\
发展“一核两带”格局，面积达3㎡的展柜㈠号、㈡号先行。\n";

/// A law with articles, paragraphs of articles and items.
pub(crate) const LAW: &str = "\
云岭省电子商务促进条例\n\n\
（2019年5月1日云岭省第十三届人民代表大会常务委员会第十次会议通过）\n\n\
第一章　总则\n\n\
第一条　为了促进电子商务健康发展，规范电商市场秩序，制定本条例。\n\n\
第二条　在本省从事电子商务的企业，应当遵守本条例。\n\n\
外贸企业从事跨境电商的，应当依法申报。\n\n\
第三条　县级以上人民政府应当采取下列措施：\n\n\
（一）支持农村电商；\n\n\
（二）支持外贸企业应用电子商务；\n\n\
（三）法律、法规规定的其他措施。\n\n\
第二章　附则\n\n\
第四条　本条例自2019年10月1日起施行。\n";

/// A notice in traditional characters, with odd ones among them.
pub(crate) const NOTICE: &str = "\
關於支持跨境電商發展的通知\n\n\
一、總體要求\n\n\
支持外貿企業發展跨境電商。電商企業應當合規經營？應當。\n\n\
二、易貨貿易\n\n\
（一）𠮷林試點。𠮷林易貨試點由一家外貿企業承擔，cafe\u{301} 與 café 亦可參加。\n\n\
甲\t乙\t外贸\n\
電商\t10²\t外贸易货\n\n\
三、其他\n\n\
\u{3000}\n\n\
外 贸 企 业 外\u{200B}贸。ABC DEF abcdef Ⅳ级\n";

/// The three, read.
pub(crate) fn small() -> Vec<Document> {
    vec![document("plan.txt", PLAN), document("law.txt", LAW), document("notice.txt", NOTICE)]
}

/// Dull documents of more than a megabyte in all, with words in them that are frequent.
pub(crate) fn bulk() -> Vec<Document> {
    let dull: Vec<char> = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜".chars().collect();
    let words = ["企业", "发展", "易货", "贸易", "境外", "农村", "支持", "第三章", "应当", "创新", "对外贸易", "易货贸易"];
    let mut state: u64 = 7;
    let mut next = |most: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % most
    };
    (0..12)
        .map(|number| {
            let mut text = String::from("一、外贸\n\n");
            for _ in 0..120 {
                text.push_str(if next(8) > 0 { "外贸，" } else { "境外贸易的" });
                (0..next(8)).for_each(|_| text.push_str(words[next(words.len())]));
                (0..150 + next(300)).for_each(|_| text.push(dull[next(dull.len())]));
                text.push_str("电商。\n\n");
            }
            let made = document("bulk.txt", &text);
            Document { id: DocumentId::new(&format!("bulk-{number:02}")), ..made }
        })
        .collect()
}
