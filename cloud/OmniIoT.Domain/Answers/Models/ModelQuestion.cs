using System.Text.RegularExpressions;
using OmniIoT.Domain.Answers.Articles;
using OmniIoT.Domain.Answers.Bots;

namespace OmniIoT.Domain.Answers.Models;

/// <summary>
/// A question that a bot cannot answer by itself, for a language model: with articles that customers are shown and the state of their
/// devices, which is all that it may answer from.
/// </summary>
/// <param name="Locale">Of <see cref="Locales"/>.</param>
public sealed partial record ModelQuestion(string Text, string Locale, IReadOnlyList<ModelSource> Sources)
{
    private const string Device = "device:";

    private const int MostArticles = 12;

    private const int MostDevices = 10;

    private const int MostOfArticle = 1_500;

    private const int LongestAnswer = 1_200;

    private const int MostCited = 3;

    private string HelpAddress { get; init; } = "";

    /// <summary>The articles that have most in common with the question, then others, so that a small company's are all there.</summary>
    public static ModelQuestion Of(Knowledge knowledge, BotQuestion question)
    {
        IEnumerable<Article> near = knowledge
            .Find(question.Text, question.Locale, forCustomers: true, model: null, MostArticles)
            .Select(match => knowledge.Articles[match.Key]);
        IEnumerable<Article> others = knowledge.Articles.Values.Where(static article => article.IsForCustomers);
        return new ModelQuestion(
            question.Text,
            question.Locale,
            [
                .. question.Devices.Take(MostDevices).Select(device => SourceOf(device, question)),
                .. near.Concat(others)
                    .DistinctBy(static article => article.Id)
                    .Take(MostArticles)
                    .Select(article => SourceOf(article, question)),
            ]
        )
        {
            HelpAddress = question.HelpAddress,
        };
    }

    /// <summary>
    /// What of an answer is told: it names what it was given and nothing else, is short, and leads nowhere by itself. The pages of the
    /// articles stand below it. Null: it is not told.
    /// </summary>
    public BotVerdict? Accept(ModelAnswer? answer)
    {
        if (answer is null || string.IsNullOrWhiteSpace(answer.Text) || answer.Text.Length > LongestAnswer)
            return null;
        // An address would be the model's own, or the customer's: the pages of the articles are told by us.
        if (Address().IsMatch(answer.Text))
            return null;
        ModelSource[] cited = [.. Sources.Where(source => answer.Sources.Contains(source.Id))];
        if (cited.Length == 0 || cited.Length != answer.Sources.Distinct().Count() || cited.Length > MostCited)
            return null;
        ModelSource[] articles = [.. cited.Where(static source => !source.Id.StartsWith(Device, StringComparison.Ordinal))];
        string text = answer.Text.Trim();
        return new BotVerdict
        {
            Outcome = BotOutcome.Answer,
            Confidence = 0,
            Text = string.Join('\n', [text, .. articles.Select(PageOf)]),
            Article = articles.FirstOrDefault()?.Id,
            Key = AnswerKeys.OfModel(text),
        };
    }

    /// <summary>Whatever a messenger would make a link of: with a scheme, of mail, or a name with dots.</summary>
    [GeneratedRegex(@"://|@|\w\.[a-z]{2,}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    private string PageOf(ModelSource article) =>
        $"{article.Title}. {BotWords.Of("help", Locale, ("link", $"{HelpAddress}/help/{Locale}/{Uri.EscapeDataString(article.Id)}"))}";

    private static ModelSource SourceOf(Article article, BotQuestion question) =>
        new(article.Id, article.Title.In(question.Locale), PlainText.Shortened(article.Body.In(question.Locale), MostOfArticle));

    private static ModelSource SourceOf(DeviceReport device, BotQuestion question) =>
        new(Device + device.DeviceId, device.Name, BotWords.OfDevices(question with { Devices = [device] }));
}
