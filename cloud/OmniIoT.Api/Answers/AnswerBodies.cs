using System.Text.Json;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Answers.Articles;
using OmniIoT.Domain.Answers.Bots;

namespace OmniIoT.Api.Answers;

/// <param name="Title">By language of <c>en az ar hy fa</c>, or one text for all.</param>
/// <param name="Body">Markdown, likewise.</param>
/// <param name="Keywords">What people say who look for it: an array, or one by language.</param>
/// <param name="Models">Device models that it is about; missing: all.</param>
/// <param name="Status">Missing: a draft, which only who reads articles in the console sees.</param>
/// <param name="Public">Whether customers may read it once it is published; missing: true.</param>
public sealed record ArticleBody(
    IReadOnlyDictionary<string, string> Title,
    IReadOnlyDictionary<string, string> Body,
    JsonElement? Keywords,
    IReadOnlyList<string>? Models,
    ArticleStatus? Status,
    bool? Public
);

/// <summary>An article as it was written.</summary>
/// <param name="Score">How well it meets the words that were looked for, 0 to 1; null: none were.</param>
/// <param name="Link">The path of its help page; null: customers are not shown it.</param>
public sealed record ArticleView(string Id, JsonElement Article, double? Score, string? Link);

/// <param name="Article">As it then was.</param>
public sealed record ArticleVersionView(string Id, string ArticleId, Instant At, string Actor, JsonElement Article);

public sealed record ArticleFeedbackView(int Helped, int DidNotHelp);

/// <summary>A question that nothing answered.</summary>
/// <param name="Source"><c>bot</c> or <c>help</c>.</param>
/// <param name="Count">How often it was asked.</param>
public sealed record GapView(string Id, string Question, string Locale, Instant LastAskedAt, string Source, int Count);

/// <param name="Text">1 to 2,000 characters.</param>
/// <param name="Locale">Of <c>en az ar hy fa</c>; missing: the customer's, else as the letters tell.</param>
/// <param name="CustomerId">Whose devices are looked at; missing: nobody's.</param>
public sealed record AskBody(string? Text, string? Locale, string? CustomerId);

/// <summary>What a bot would say.</summary>
/// <param name="Intent">Null: none, or an article that no intent names.</param>
/// <param name="Confidence">Of what fits best, 0 to 1.</param>
/// <param name="Article">The article that it answers with; null: none.</param>
public sealed record AskView(
    BotOutcome Outcome,
    string? Intent,
    double Confidence,
    string? Article,
    string Text,
    IReadOnlyList<string> Tags
);

/// <param name="Greeting">Said before its first answer, by language.</param>
/// <param name="Threshold">From which confidence on it answers, 0 to 1; missing: 0.5.</param>
/// <param name="HandoverAfter">How many questions it may fail to understand before a person takes over, 1 to 10; missing: 2.</param>
/// <param name="Queue">Where it hands over to; missing: the conversation's own queue.</param>
public sealed record BotBody(
    string? Name,
    IReadOnlyDictionary<string, string>? Greeting,
    IReadOnlyList<BotIntentBody>? Intents,
    double? Threshold,
    int? HandoverAfter,
    string? Queue
);

/// <param name="Keywords">An array, or one by language; one of them is a strong sign.</param>
/// <param name="Examples">Questions as people ask them; an array, or one by language.</param>
/// <param name="Answer">One of <c>article text deviceStatus form queue product</c>.</param>
public sealed record BotIntentBody(string Name, JsonElement? Keywords, JsonElement? Examples, JsonElement Answer);
