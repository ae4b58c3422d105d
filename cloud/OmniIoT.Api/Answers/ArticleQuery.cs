using Microsoft.AspNetCore.Mvc;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Answers;
using OmniIoT.Domain.Answers.Articles;
using OmniIoT.Domain.Answers.Meaning;

namespace OmniIoT.Api.Answers;

/// <summary>Which articles are wanted.</summary>
internal sealed record ArticleQuery
{
    [FromQuery(Name = "q")]
    public string? Q { get; init; }

    [FromQuery(Name = "locale")]
    public string? Locale { get; init; }

    [FromQuery(Name = "model")]
    public string? Model { get; init; }

    [FromQuery(Name = "status")]
    public string? Status { get; init; }

    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    [FromQuery(Name = "limit")]
    public string? Limit { get; init; }

    [FromQuery(Name = "count")]
    public string? Count { get; init; }

    /// <summary>Longer questions are of several things.</summary>
    private const int MaxQuestion = 2_000;

    public bool IsSearch => Query.Empty(Q) is not null;

    /// <summary>The language that is asked for; without one, that of the words, else English.</summary>
    public string LanguageOf()
    {
        if (Query.Empty(Locale) is { } said)
            return Locales.Of(said) ?? throw Query.Refuse("locale", $"must be one of {string.Join(' ', Locales.All)}");
        return IsSearch ? Locales.Detect(Q!, null) : Locales.English;
    }

    /// <summary>The best first when something is asked; else all by id.</summary>
    public IReadOnlyList<AnswerMatch> Find(Knowledge known)
    {
        ArticleStatus? status = Query.Choice<ArticleStatus>("status", Status);
        string? model = Query.Empty(Model);
        IEnumerable<AnswerMatch> found = IsSearch
            ? known.Find(Q![..Math.Min(Q!.Length, MaxQuestion)], LanguageOf(), forCustomers: false, model, AnswerIndex.MostCompared)
            : known.Articles.Values.Where(article => article.IsAbout(model)).Select(static article => new AnswerMatch(article.Id, 0));
        return [.. found.Where(match => status is null || known.Articles[match.Key].Status == status)];
    }
}
