// Shortcodes people and the bot are likely to use. An unknown shortcode stays as typed.

const TABLE = `+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|100 💯|airplane ✈️|alarm_clock ⏰|alert 🚨|ambulance 🚑|arrow_right ➡️|arrow_left ⬅️
arrow_up ⬆️|arrow_down ⬇️|ballot_box_with_check ☑️|bangbang ‼️|bar_chart 📊|bell 🔔|no_bell 🔕|bookmark 🔖|book 📖|boom 💥
briefcase 💼|bug 🐛|bulb 💡|busts_in_silhouette 👥|calendar 📅|spiral_calendar_pad 🗓️|camera 📷|card_index 📇|chart_with_upwards_trend 📈
clap 👏|clipboard 📋|clock1 🕐|clock12 🕛|clock3 🕒|clock9 🕘|computer 💻|construction 🚧|crossed_fingers 🤞|cry 😢|date 📅|desktop_computer 🖥️
door 🚪|e-mail 📧|email 📧|envelope ✉️|exclamation ❗|eyes 👀|file_folder 📁|fire 🔥|fire_extinguisher 🧯|flag-us 🇺🇸|gear ⚙️|globe_with_meridians 🌐
hammer 🔨|hand 👋|wave 👋|heart ❤️|heavy_check_mark ✔️|heavy_minus_sign ➖|heavy_multiplication_x ✖️|heavy_plus_sign ➕|hospital 🏥|hourglass ⌛
hourglass_flowing_sand ⏳|inbox_tray 📥|information_source ℹ️|iphone 📱|joy 😂|key 🔑|label 🏷️|large_blue_circle 🔵|large_green_circle 🟢|large_orange_circle 🟠
large_yellow_circle 🟡|red_circle 🔴|white_circle ⚪|black_circle ⚫|link 🔗|lock 🔒|unlock 🔓|closed_lock_with_key 🔐|loudspeaker 📢|mag 🔍|mailbox 📫|mega 📣
memo 📝|pencil 📝|microscope 🔬|microphone 🎤|minus ➖|no_entry ⛔|no_entry_sign 🚫|octagonal_sign 🛑|stop_sign 🛑|ok 🆗|ok_hand 👌|open_file_folder 📂
outbox_tray 📤|package 📦|page_facing_up 📄|page_with_curl 📃|paperclip 📎|pensive 😔|phone ☎️|telephone ☎️|telephone_receiver 📞|pill 💊|point_right 👉|point_left 👈
point_up ☝️|point_down 👇|pray 🙏|printer 🖨️|pushpin 📌|round_pushpin 📍|question ❓|raised_hand ✋|raised_hands 🙌|recycle ♻️|robot_face 🤖|rocket 🚀|rotating_light 🚨
scales ⚖️|balance_scale ⚖️|scroll 📜|shield 🛡️|ship 🚢|anchor ⚓|sleeping 😴|slightly_smiling_face 🙂|smile 😄|smiley 😃|grinning 😀|grimacing 😬|sos 🆘|sparkles ✨|speech_balloon 💬
star ⭐|stethoscope 🩺|stopwatch ⏱️|sweat 😓|tada 🎉|telescope 🔭|test_tube 🧪|thinking_face 🤔|timer_clock ⏲️|triangular_flag_on_post 🚩|wastebasket 🗑️|warning ⚠️
white_check_mark ✅|white_large_square ⬜|black_large_square ⬛|white_medium_square ◻️|wrench 🔧|x ❌|negative_squared_cross_mark ❎|zap ⚡|zzz 💤|male-doctor 👨‍⚕️|female-doctor 👩‍⚕️|detective 🕵️|sleuth_or_spy 🕵️`

const CHARS = new Map(TABLE.split(/[|\n]/).map((pair) => /** @type {[string, string]} */ (pair.split(' '))))
const TONES = {
  'skin-tone-2': '🏻',
  'skin-tone-3': '🏼',
  'skin-tone-4': '🏽',
  'skin-tone-5': '🏾',
  'skin-tone-6': '🏿',
}

/** The character of a shortcode without colons (`wave::skin-tone-3` too), or null. */
export const emojiOf = (name) => {
  const [base, tone] = name.split('::')
  const char = CHARS.get(base)
  return char === undefined ? null : char + (TONES[tone] ?? '')
}

/** The reactions the message menu offers first: [shortcode, what it says]. */
export const QUICK_REACTIONS = [
  ['pushpin', 'key evidence'],
  ['eyes', 'looking at it'],
  ['white_check_mark', 'done'],
  ['+1', 'agreed'],
  ['raised_hand', 'question'],
  ['warning', 'careful'],
]
