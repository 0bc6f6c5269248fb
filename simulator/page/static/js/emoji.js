// A small map from emoji shortcodes to characters; what is not in it stays as it was typed.
const LIST = `
coffee ☕ tea 🍵 wave 👋 tada 🎉 heart ❤️ green_heart 💚 smile 😄 slightly_smiling_face 🙂 smiley 😃
grinning 😀 neutral_face 😐 slightly_frowning_face 🙁 disappointed 😞 cry 😢 thinking_face 🤔
thumbsup 👍 +1 👍 thumbsdown 👎 -1 👎 clap 👏 pray 🙏 muscle 💪 eyes 👀 fire 🔥 sparkles ✨ star ⭐
rocket 🚀 calendar 📅 date 📅 spiral_calendar_pad 🗓️ clock1 🕐 hourglass ⌛ hourglass_flowing_sand ⏳
alarm_clock ⏰ bell 🔔 no_bell 🔕 speech_balloon 💬 thought_balloon 💭 question ❓ exclamation ❗
white_check_mark ✅ heavy_check_mark ✔️ x ❌ warning ⚠️ lock 🔒 unlock 🔓 key 🔑 bulb 💡 memo 📝
birthday 🎂 cake 🍰 gift 🎁 balloon 🎈 confetti_ball 🎊 trophy 🏆 medal 🏅 seedling 🌱 palm_tree 🌴
beach_with_umbrella 🏖️ airplane ✈️ house 🏠 office 🏢 globe_with_meridians 🌐 earth_africa 🌍
bar_chart 📊 chart_with_upwards_trend 📈 link 🔗 mag 🔍 gear ⚙️ wrench 🔧 hammer_and_wrench 🛠️
raising_hand 🙋 handshake 🤝 people_holding_hands 🧑‍🤝‍🧑 busts_in_silhouette 👥 bust_in_silhouette 👤
game_die 🎲 twisted_rightwards_arrows 🔀 arrows_counterclockwise 🔄 repeat 🔁 arrow_right ➡️
arrow_left ⬅️ zzz 💤 sleeping 😴 sunny ☀️ cloud ☁️ rain_cloud 🌧️ thunder_cloud_and_rain ⛈️
partly_sunny ⛅ rainbow 🌈 snowflake ❄️ umbrella ☔ teapot 🫖 hot_face 🥵 face_with_thermometer 🤒
dart 🎯 compass 🧭 pushpin 📌 round_pushpin 📍 books 📚 book 📖 musical_note 🎵 headphones 🎧
hugging_face 🤗 relieved 😌 blush 😊 wink 😉 sob 😭 sweat_smile 😅 joy 😂 weary 😩 exploding_head 🤯
one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ shield 🛡️ see_no_evil 🙈 large_green_circle 🟢
large_yellow_circle 🟡 large_orange_circle 🟠 red_circle 🔴 white_circle ⚪ ok_hand 👌 walking 🚶
`;
const words = LIST.trim().split(/\s+/);
export const EMOJI = new Map();
// old symbols (☕, ✔) are drawn in colour only when asked
const coloured = (sign) => (sign.length === 1 ? `${sign}\uFE0F` : sign);
for (let at = 0; at < words.length; at += 2) EMOJI.set(words[at], coloured(words[at + 1]));

export const emoji = (name) => EMOJI.get(name.replace(/^:|:$/g, "")) ?? null;
export const withEmoji = (text) =>
  text.replace(/:([a-z0-9_+'-]+):/g, (whole, name) => EMOJI.get(name) ?? whole);
