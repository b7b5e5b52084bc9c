import type { PostPicture } from '../../src/countdown/picture.ts';

const BALLERINA: PostPicture = {
  mood: 'quiet',
  heading: 'Countdown',
  title: 'Ballerina',
  figure: '30',
  unit: 'days left',
  date: 'June 6, 2025',
  place: 'Cinemas, United States',
  locale: 'en',
  alt: 'Countdown: Ballerina.',
};
const OWN = { ...BALLERINA, place: undefined };

/** Pictures of every kind, in the letters of many languages. */
export const VARIANTS: Readonly<Record<string, PostPicture>> = {
  'thirty days': BALLERINA,
  'one day': { ...BALLERINA, figure: '1', unit: 'day left', title: 'John Wick: Chapter 5' },
  'a thousand days': { ...BALLERINA, figure: '1,000', title: 'From the World of John Wick: Ballerina' },
  'the day': { ...BALLERINA, mood: 'festive', heading: 'The day is here', figure: 'Today', unit: undefined },
  'a moved date': { ...BALLERINA, heading: 'New date', was: 'June 7, 2024', figure: '364' },
  'an anniversary': {
    ...BALLERINA,
    mood: 'festive',
    heading: '10th anniversary',
    title: 'John Wick: Chapter 2',
    figure: '10',
    unit: 'years',
    date: 'February 10, 2027',
  },
  'a long title': {
    ...OWN,
    title: 'Our watch party of all the films in one night, with the cat and with pizza!',
  },
  'long words': { ...OWN, locale: 'de', title: `${'Donaudampfschifffahrtsgesellschaft'.repeat(2)}skapitän` },
  Russian: {
    ...BALLERINA,
    locale: 'ru',
    heading: 'Обратный отсчёт',
    title: 'Балерина',
    unit: 'дней осталось',
  },
  Greek: { ...BALLERINA, locale: 'el', heading: 'Αντίστροφη μέτρηση', title: 'Μπαλαρίνα', unit: 'ημέρες' },
  Japanese: { ...BALLERINA, locale: 'ja', title: 'バレリーナ', unit: '日', date: '2025年8月22日' },
  Chinese: {
    ...BALLERINA,
    locale: 'zh-CN',
    mood: 'festive',
    title: '疾速追杀：芭蕾杀姬',
    figure: '今天',
    unit: undefined,
  },
  Korean: { ...BALLERINA, locale: 'ko', title: '발레리나', unit: '일 남음', date: '2025년 6월 6일' },
  Thai: { ...OWN, locale: 'th', title: 'บัลเลริน่า', unit: 'วัน', date: '6 มิถุนายน 2025' },
};
