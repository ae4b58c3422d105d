using System.Collections.Frozen;
using OmniIoT.Domain.Search;

namespace OmniIoT.Domain.Answers.Articles;

public enum ArticleStatus
{
    /// <summary>Only those who write articles see it.</summary>
    Draft,
    Published,
}

/// <summary>What the company knows of one question, in as many languages as it was written in.</summary>
public sealed record Article
{
    public required string Id { get; init; }

    public required LocalizedText Title { get; init; }

    /// <summary>Markdown.</summary>
    public required LocalizedText Body { get; init; }

    /// <summary>By language: what people say who look for it.</summary>
    public required FrozenDictionary<string, IReadOnlyList<string>> Keywords { get; init; }

    /// <summary>Device models that it is about; none: all.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    public required ArticleStatus Status { get; init; }

    /// <summary>Whether customers may read it; else it is for agents.</summary>
    public required bool Public { get; init; }

    /// <summary>What is searched in it: the words of all its languages, folded.</summary>
    public string Searched =>
        field ??= SearchText.Of([.. Title.ByLocale.Values, .. Body.ByLocale.Values, .. Keywords.Values.SelectMany(static words => words)]);

    /// <summary>Whether customers are shown it.</summary>
    public bool IsForCustomers => Public && Status is ArticleStatus.Published;

    /// <summary>Whether it may be about a device of this model.</summary>
    /// <param name="model">Null: whatever the model.</param>
    public bool IsAbout(string? model) => model is null || Models.Count == 0 || Models.Contains(model);
}
