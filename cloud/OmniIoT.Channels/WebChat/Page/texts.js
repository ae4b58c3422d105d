/** What the chat says, by language; the page's own words are the English ones. */
const texts = {
  en: {
    title: 'How can we help?', name: 'Your name', email: 'E-mail', optional: '(optional)', start: 'Start the chat', messages: 'Messages',
    text: 'Your message', hint: 'Write a message…', notify: 'Tell me when you answer', silence: 'Tell me nothing here any more', send: 'Send', again: 'Connecting again…', failed: 'That did not work. Please try again.',
    busy: 'Too many people come at once. Please try again in a minute.', unreachable: 'There is no connection. What you wrote stays here.',
  },
  az: {
    title: 'Sizə necə kömək edə bilərik?', name: 'Adınız', email: 'E-poçt', optional: '(istəyə görə)', start: 'Söhbətə başla', messages: 'Mesajlar',
    text: 'Mesajınız', hint: 'Mesaj yazın…', notify: 'Cavab verəndə mənə bildirin', silence: 'Daha burada bildirməyin', send: 'Göndər', again: 'Yenidən qoşulur…', failed: 'Alınmadı. Yenidən cəhd edin.',
    busy: 'Eyni vaxtda çox adam yazır. Bir dəqiqədən sonra yenidən cəhd edin.', unreachable: 'Bağlantı yoxdur. Yazdığınız burada qalır.',
  },
  ar: {
    title: 'كيف يمكننا مساعدتك؟', name: 'اسمك', email: 'البريد الإلكتروني', optional: '(اختياري)', start: 'بدء المحادثة', messages: 'الرسائل',
    text: 'رسالتك', hint: 'اكتب رسالة…', notify: 'أخبروني عندما تردّون', silence: 'لا ترسلوا إشعارات هنا بعد الآن', send: 'إرسال', again: 'جارٍ إعادة الاتصال…', failed: 'تعذّر ذلك. حاول مرة أخرى.',
    busy: 'عدد الزوار كبير الآن. حاول بعد دقيقة.', unreachable: 'لا يوجد اتصال. ما كتبته يبقى هنا.',
  },
  hy: {
    title: 'Ինչո՞վ կարող ենք օգնել', name: 'Ձեր անունը', email: 'Էլ. փոստ', optional: '(ըստ ցանկության)', start: 'Սկսել զրույցը', messages: 'Հաղորդագրություններ',
    text: 'Ձեր հաղորդագրությունը', hint: 'Գրեք հաղորդագրություն…', notify: 'Տեղեկացրեք, երբ պատասխանեք', silence: 'Այլևս այստեղ մի՛ տեղեկացրեք', send: 'Ուղարկել', again: 'Կրկին միանում ենք…', failed: 'Չստացվեց։ Փորձեք կրկին։',
    busy: 'Միաժամանակ շատ մարդ է գրում։ Փորձեք մեկ րոպե անց։', unreachable: 'Կապ չկա։ Ձեր գրածը մնում է այստեղ։',
  },
  fa: {
    title: 'چگونه می‌توانیم کمک کنیم؟', name: 'نام شما', email: 'ایمیل', optional: '(اختیاری)', start: 'شروع گفتگو', messages: 'پیام‌ها',
    text: 'پیام شما', hint: 'پیامی بنویسید…', notify: 'وقتی پاسخ دادید خبرم کنید', silence: 'دیگر اینجا خبرم نکنید', send: 'ارسال', again: 'در حال اتصال دوباره…', failed: 'انجام نشد. دوباره تلاش کنید.',
    busy: 'افراد زیادی هم‌زمان آمده‌اند. یک دقیقه دیگر دوباره تلاش کنید.', unreachable: 'اتصال برقرار نیست. آنچه نوشته‌اید همین‌جا می‌ماند.',
  },
};

const rightToLeft = ['ar', 'fa'];

/** The first language that is asked for in the address, or that the browser prefers, and that the chat speaks. */
export const language =
  [new URLSearchParams(location.search).get('lang'), ...navigator.languages].map((tag) => tag?.slice(0, 2).toLowerCase()).find((tag) => tag in texts) ?? 'en';

export const say = (key) => texts[language][key];

/** Puts the language's words where the page marks them, and turns the page to its direction. */
export function translate() {
  document.documentElement.lang = language;
  document.documentElement.dir = rightToLeft.includes(language) ? 'rtl' : 'ltr';
  document.title = say('title');
  for (const element of document.querySelectorAll('[data-say]')) element.textContent = say(element.dataset.say);
  for (const element of document.querySelectorAll('[data-say-hint]')) element.placeholder = say(element.dataset.sayHint);
  for (const element of document.querySelectorAll('[data-say-label]')) element.setAttribute('aria-label', say(element.dataset.sayLabel));
}
