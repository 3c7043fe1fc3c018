/** Addresses of the fonts that files, previews and printed pages are set in. Nothing is read before it is needed. */
import regular from "@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf?url";
import semibold from "@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf?url";
import emoji from "@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf?url";
import arabic from "@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf?url";
import devanagari from "@expo-google-fonts/noto-sans-devanagari/400Regular/NotoSansDevanagari_400Regular.ttf?url";
import hebrew from "@expo-google-fonts/noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular.ttf?url";
import japanese from "@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf?url";
import korean from "@expo-google-fonts/noto-sans-kr/400Regular/NotoSansKR_400Regular.ttf?url";
import chinese from "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf?url";
import thai from "@expo-google-fonts/noto-sans-thai/400Regular/NotoSansThai_400Regular.ttf?url";
import { OTHER_FAMILIES, type OtherFont } from "../../shared/diagram/fonts";
import type { PrintFont } from "../../shared/ipc";

export const INTER_URLS = { regular, semibold };
export const OTHER_URLS: Readonly<Record<OtherFont, string>> = { japanese, chinese, korean, arabic, hebrew, thai, devanagari, emoji };

/** Of all of them, for pages that name them where they need them. */
export const PRINT_FONTS: readonly PrintFont[] = [
  { family: "Inter", weight: "400", url: regular }, { family: "Inter", weight: "600", url: semibold },
  ...Object.entries(OTHER_URLS).map(([font, url]): PrintFont => ({ family: OTHER_FAMILIES[font as OtherFont], weight: "400 600", url })),
];
