using OmniIoT.Domain.Answers.Articles;
using OmniIoT.Domain.Answers.Meaning;

namespace OmniIoT.Domain.Answers.Bots;

/// <summary>
/// What a bot answers to a question: from its intents, articles and the state of the customer's devices, and from nothing else. Pure, and
/// the same question is always answered the same.
/// </summary>
public static class BotBrain
{
    /// <summary>Of an article's beginning in a message.</summary>
    private const int ExcerptLength = 600;

    /// <summary>What may be meant is named from this share of the threshold on.</summary>
    private const double Plausible = 0.75;

    private const int MostChoices = 3;

    public static BotVerdict Ask(Bot bot, Knowledge knowledge, BotQuestion question)
    {
        IReadOnlyList<AnswerMatch> matches = knowledge.IndexOf(bot, question.Locale).Find(question.Text, MostChoices + 1);
        IReadOnlyList<string> tags = AnswerIndex.TagsOf(question.Text);
        double confidence = ConfidenceOf(matches);
        bool isSure = matches.Count > 0 && confidence >= bot.Threshold;
        if (isSure)
        {
            BotVerdict? verdict = Answer(bot, knowledge, question, matches[0].Key);
            if (verdict is not null)
                return verdict with { Confidence = Rounded(confidence), Tags = Tagged(verdict.Intent, tags) };
        }
        BotVerdict unsure = tags.Contains(BotConcepts.Human) ? Person(question) : Unsure(bot, knowledge, question, matches);
        return unsure with { Confidence = Rounded(confidence), Tags = tags };
    }

    private static BotVerdict Person(BotQuestion question) =>
        new()
        {
            Outcome = BotOutcome.Handover,
            Confidence = 0,
            Text = BotWords.Of("bringsPerson", question.Locale),
        };

    /// <summary>The device is asked before the customer; then what is nearly sure is named; else it is said that it is not known.</summary>
    private static BotVerdict Unsure(Bot bot, Knowledge knowledge, BotQuestion question, IReadOnlyList<AnswerMatch> matches)
    {
        if (question.Troubled is { Alarm: { } alarm } device)
            return new BotVerdict
            {
                Outcome = BotOutcome.Ask,
                Confidence = 0,
                Text = $"{BotWords.Reports(device, alarm, question)} {BotWords.Of("isItThat", question.Locale)}",
                DeviceId = device.DeviceId,
            };
        string[] choices =
        [
            .. matches
                .Where(match => match.Score >= Plausible * bot.Threshold && match.Key != AnswerKeys.Person)
                .Take(MostChoices)
                .Select(match => NameOf(bot, knowledge, match.Key, question.Locale)),
        ];
        return new BotVerdict
        {
            Outcome = choices.Length > 0 ? BotOutcome.Ask : BotOutcome.Handover,
            Confidence = 0,
            Text =
                choices.Length > 0
                    ? BotWords.Of("didYouMean", question.Locale, ("choices", string.Join(" · ", choices)))
                    : BotWords.Of("handsOver", question.Locale),
            IsMiss = true,
        };
    }

    /// <summary>Null when what fits best is not there any more.</summary>
    private static BotVerdict? Answer(Bot bot, Knowledge knowledge, BotQuestion question, string key)
    {
        if (key == AnswerKeys.Person)
            return Person(question);
        string? name = AnswerKeys.IntentOf(key);
        BotAnswer answer = name is null
            ? new BotAnswer.OfArticle(AnswerKeys.ArticleOf(key))
            : bot.Intents.First(intent => intent.Name == name).Answer;
        BotVerdict? verdict = answer switch
        {
            BotAnswer.OfArticle article => OfArticle(knowledge.FindForCustomers(article.Id), question),
            BotAnswer.OfText text => Say(text.Text.In(question.Locale)),
            BotAnswer.OfProduct product => Say(product.Product.In(question.Locale)),
            BotAnswer.OfForm form => Say(form.Fields[0].Ask.In(question.Locale)) with { Outcome = BotOutcome.Ask, Form = form },
            BotAnswer.OfQueue queue => Person(question) with { Queue = queue.Queue },
            _ => OfDevices(question),
        };
        return verdict is null ? null : verdict with { Intent = name, Key = key };
    }

    private static BotVerdict? OfArticle(Article? article, BotQuestion question)
    {
        if (article is null)
            return null;
        string link = $"{question.HelpAddress}/help/{question.Locale}/{Uri.EscapeDataString(article.Id)}";
        string excerpt = PlainText.Beginning(article.Body.In(question.Locale), ExcerptLength);
        string more = BotWords.Of("help", question.Locale, ("link", link));
        string told = $"{article.Title.In(question.Locale)}\n{excerpt}\n{more}";
        // Whoever asks while their device is in trouble is told that it is known.
        string device = question.Troubled is { Alarm: { } alarm } troubled ? BotWords.Reports(troubled, alarm, question) + "\n" : "";
        return Say(device + told) with { Article = article.Id };
    }

    private static BotVerdict OfDevices(BotQuestion question)
    {
        if (question.Devices.Count == 0)
            return Say(BotWords.Of("whichDevice", question.Locale)) with { Outcome = BotOutcome.Ask };
        return Say(BotWords.OfDevices(question));
    }

    private static BotVerdict Say(string text) =>
        new()
        {
            Outcome = BotOutcome.Answer,
            Confidence = 0,
            Text = text,
        };

    /// <summary>What people would call it: the article's title, else the first example.</summary>
    private static string NameOf(Bot bot, Knowledge knowledge, string key, string locale)
    {
        string? name = AnswerKeys.IntentOf(key);
        BotIntent? intent = name is null ? null : bot.Intents.First(one => one.Name == name);
        string? article = intent is null ? AnswerKeys.ArticleOf(key) : (intent.Answer as BotAnswer.OfArticle)?.Id;
        if (article is not null && knowledge.FindForCustomers(article) is { } known)
            return known.Title.In(locale);
        return intent?.Examples.GetValueOrDefault(locale) is [var example, ..] ? example : name ?? key;
    }

    private static double ConfidenceOf(IReadOnlyList<AnswerMatch> matches) =>
        matches.Count == 0 ? 0 : Scoring.Confidence(matches[0].Score, matches.Count > 1 ? matches[1].Score : 0);

    private static double Rounded(double confidence) => Math.Round(confidence, 3);

    private static IReadOnlyList<string> Tagged(string? intent, IReadOnlyList<string> tags) =>
        intent is null ? tags : [.. tags.Prepend(intent).Distinct()];
}
