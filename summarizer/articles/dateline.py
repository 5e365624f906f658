"""The dateline before a report's first sentence, such as `GENEVA, 4 May (Agency) - ` or `新华社北京11月4日电 `."""

from __future__ import annotations

import regex

_LONGEST = 90
_DASH = r"(?:\.?\s?[-–—‑]{1,2}|\.\s?-)"
_CAPITALS = r"(?=(?:[\s.'’-]?\p{Lu}){4})\p{Lu}[\p{Lu}'’.]*+(?:[\s-]\p{Lu}[\p{Lu}'’.]*+){0,4}"
_PLACE = r"[\p{Lu}\p{Lo}][\p{L}\p{M}'’.]{1,24}+(?:[\s-](?:\p{Ll}{1,4}\s)?[\p{Lu}\p{Lo}][\p{L}\p{M}'’.]{0,24}+){0,3}"
_REST = r"[^()\n:;!?–—/]{0,40}"
_AGENCY = r"\(\p{L}[^()\n]{1,40}\)"
# The next word opens a sentence: in scripts with capitals, one (or a digit, or a quotation mark) must follow.
_SENTENCE = r"(?=\s?[\p{Lu}\p{Lo}\p{N}«„“\"'‘「『¿¡(])"
_PATTERNS = tuple(
    regex.compile(pattern)
    for pattern in (
        # GENEVA (Reuters) - / ROSTHAVEN, 14 May (Example News) – / Madrid, 12 mar (EFE).- / القاهرة (رويترز) -
        rf"(?P<dateline>{_PLACE}(?:,{_REST})?\s{_AGENCY})\s?{_DASH}\s?{_SENTENCE}",
        # नई दिल्ली, 4 नवंबर (भाषा)
        rf"(?P<dateline>\p{{Lo}}[\p{{Lo}}\p{{M}}\s]{{1,24}},\s\d{{1,2}}\s[\p{{Lo}}\p{{M}}]{{2,12}}\s{_AGENCY})\s",
        # GENEVA, Switzerland - / BERLIN, 4. Mai – / ROMA -
        rf"(?P<dateline>{_CAPITALS}(?:,{_REST})?)(?:\s[-–—]{{1,2}}\s|\.\s?[-–—]\s?){_SENTENCE}",
        # МОСКВА, 4 ноября. /ТАСС/. / Москва. 4 ноября. INTERFAX.RU -
        rf"(?P<dateline>{_CAPITALS},?\s[^/\n]{{1,24}}/[^/\n]{{2,24}}/)\s?(?:{_DASH}|\.)\s?{_SENTENCE}",
        rf"(?P<dateline>\p{{Lu}}[\p{{L}}-]{{1,24}}\.\s\d{{1,2}}\s\p{{L}}{{3,12}}\.\s[\p{{Lu}}][\p{{L}}.]{{2,20}})\s?[-–—]\s?{_SENTENCE}",
        # 新华社北京11月4日电 / 中新网北京11月4日电（记者 某某） / （中央社台北4日電）
        r"(?P<dateline>[（(]?\p{Han}{2,6}[社网網]\p{Han}{2,12}(?:\d{1,4}年)?(?:\d{1,2}月)?\d{1,2}日[电電](?:\s?[（(][^（()）\n]{1,40}[）)])?[）)]?)\s?",
        # 【北京＝某】 / ［ロンドン ４日 ロイター］ - / （東京）
        r"(?P<dateline>【[^】\n]{1,30}[=＝・ ][^】\n]{1,20}】|［[^］\n]{2,40}］)\s?(?:[-–—]\s?)?",
        # (서울=연합뉴스) 김철수 기자 =
        r"(?P<dateline>[(\[][^()=\]\n]{1,20}=[^()\]\n]{1,20}[)\]](?:\s\p{Hangul}{2,4}\s?(?:특파원|기자))?)\s?(?:=\s?)?",
    )
)


def find_dateline(text: str) -> tuple[str | None, int]:
    """The dateline at the start of a text, and where the first sentence begins after it; (None, 0) without one."""
    opening = text.partition("\n")[0][: 2 * _LONGEST]
    for pattern in _PATTERNS:
        found = pattern.match(opening)
        if found and found.end() <= _LONGEST and found.end() < len(opening):
            rest = text[found.end() :]
            return found["dateline"], found.end() + len(rest) - len(rest.lstrip())
    return None, 0
