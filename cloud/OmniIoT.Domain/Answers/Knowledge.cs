using System.Collections.Concurrent;
using System.Collections.Immutable;
using OmniIoT.Domain.Answers.Articles;
using OmniIoT.Domain.Answers.Bots;
using OmniIoT.Domain.Answers.Meaning;

namespace OmniIoT.Domain.Answers;

/// <summary>
/// What the company knows, and its bots. Immutable; what is looked up by is made when it is first asked, once however many ask.
/// </summary>
public sealed class Knowledge
{
    private readonly ConcurrentDictionary<(string Bot, string Locale), Lazy<AnswerIndex>> _ofBots = new();
    private readonly ConcurrentDictionary<(string Locale, bool ForCustomers), Lazy<AnswerIndex>> _ofArticles = new();

    private Knowledge(ImmutableSortedDictionary<string, Article> articles, ImmutableDictionary<string, Bot> bots) =>
        (Articles, Bots) = (articles, bots);

    public static Knowledge None { get; } =
        new(
            ImmutableSortedDictionary.Create<string, Article>(StringComparer.Ordinal),
            ImmutableDictionary.Create<string, Bot>(StringComparer.Ordinal)
        );

    /// <summary>By id.</summary>
    public ImmutableSortedDictionary<string, Article> Articles { get; }

    public ImmutableDictionary<string, Bot> Bots { get; }

    public static Knowledge Of(IEnumerable<Article> articles, IEnumerable<Bot> bots) =>
        new(
            None.Articles.AddRange(articles.Select(static article => KeyValuePair.Create(article.Id, article))),
            None.Bots.AddRange(bots.Select(static bot => KeyValuePair.Create(bot.Id, bot)))
        );

    /// <param name="article">Null: there is none any more.</param>
    public Knowledge WithArticle(string id, Article? article) =>
        new(article is null ? Articles.Remove(id) : Articles.SetItem(id, article), Bots);

    /// <param name="bot">Null: there is none any more.</param>
    public Knowledge WithBot(string id, Bot? bot) => new(Articles, bot is null ? Bots.Remove(id) : Bots.SetItem(id, bot));

    /// <summary>Articles that may answer a question, the best first.</summary>
    /// <param name="forCustomers">Only those that customers are shown; else drafts, too.</param>
    /// <param name="model">Only those that may be about this device model; null: all.</param>
    /// <param name="limit">1 to 40.</param>
    public IReadOnlyList<AnswerMatch> Find(string question, string locale, bool forCustomers, string? model, int limit)
    {
        AnswerIndex index = _ofArticles
            .GetOrAdd((locale, forCustomers), key => new Lazy<AnswerIndex>(() => BuildOfArticles(key.Locale, key.ForCustomers)))
            .Value;
        return [.. index.Find(question, AnswerIndex.MostCompared).Where(match => Articles[match.Key].IsAbout(model)).Take(limit)];
    }

    /// <summary>What a bot may answer with: its intents, and articles for customers that no intent names.</summary>
    internal AnswerIndex IndexOf(Bot bot, string locale) =>
        _ofBots.GetOrAdd((bot.Id, locale), key => new Lazy<AnswerIndex>(() => BuildOfBot(bot, key.Locale))).Value;

    /// <summary>An article that a customer may be shown; null: there is none.</summary>
    internal Article? FindForCustomers(string id) => Articles.GetValueOrDefault(id) is { IsForCustomers: true } article ? article : null;

    private AnswerIndex BuildOfArticles(string locale, bool forCustomers) =>
        AnswerIndex.Build(
            Articles
                .Values.Where(article => !forCustomers || article.IsForCustomers)
                .Select(article => EntryOf(article, locale) with { Key = article.Id })
        );

    private AnswerIndex BuildOfBot(Bot bot, string locale)
    {
        HashSet<string> named =
        [
            .. bot.Intents.Select(static intent => intent.Answer).OfType<BotAnswer.OfArticle>().Select(static answer => answer.Id),
        ];
        IEnumerable<AnswerEntry> others = Articles
            .Values.Where(article => article.IsForCustomers && !named.Contains(article.Id))
            .Select(article => EntryOf(article, locale));
        return AnswerIndex.Build([.. bot.Intents.Select(intent => EntryOf(intent, locale)), .. others, PersonIn(locale)]);
    }

    private static AnswerEntry PersonIn(string locale) => new(AnswerKeys.Person, [], BotWords.Of("askForPerson", locale).Split('\n'), "");

    private AnswerEntry EntryOf(BotIntent intent, string locale)
    {
        Article? article = intent.Answer is BotAnswer.OfArticle { Id: var id } ? FindForCustomers(id) : null;
        AnswerEntry? known = article is null ? null : EntryOf(article, locale);
        return new AnswerEntry(
            AnswerKeys.OfIntent(intent.Name),
            [.. Words(intent.Keywords, locale), .. known?.Keywords ?? []],
            [.. Words(intent.Examples, locale), intent.Name.Replace('-', ' ').Replace('_', ' '), .. known?.Phrases ?? []],
            known?.Text ?? ""
        );
    }

    private static AnswerEntry EntryOf(Article article, string locale) =>
        new(
            AnswerKeys.OfArticle(article.Id),
            Words(article.Keywords, locale),
            [article.Title.In(locale)],
            PlainText.Of(article.Body.In(locale))
        );

    /// <summary>In this language; where there are none, in all: what words mean is the same in each.</summary>
    private static IReadOnlyList<string> Words(IReadOnlyDictionary<string, IReadOnlyList<string>> byLocale, string locale) =>
        byLocale.GetValueOrDefault(locale) ?? [.. byLocale.Values.SelectMany(static words => words)];
}
