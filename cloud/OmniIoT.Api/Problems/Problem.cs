using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using OmniIoT.Domain.Text;

namespace OmniIoT.Api.Problems;

/// <summary>Problem details (RFC 9457).</summary>
public sealed record Problem
{
    /// <summary>Always <c>about:blank</c>: the status says the kind.</summary>
    public required string Type { get; init; }

    /// <summary>The status in words.</summary>
    public required string Title { get; init; }

    public required int Status { get; init; }

    /// <summary>What is wrong this time.</summary>
    public required string Detail { get; init; }

    /// <summary>The typed reason of a rejection, for programs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }

    /// <summary>The place of each mistake.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ProblemError>? Errors { get; init; }

    /// <summary>The features of a file that were refused, and so all of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RefusedFeature>? Refused { get; init; }

    /// <summary>The contract's word for a conflict that a program is expected to resolve.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>The case that stands in the way.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CaseId { get; init; }

    public const string MediaType = "application/problem+json";

    /// <summary>Mistakes that an answer tells.</summary>
    public const int MostErrors = 20;

    public static Problem Of(int status, string detail, string? code = null) =>
        new()
        {
            Type = "about:blank",
            Title = ReasonPhrases.GetReasonPhrase(status),
            Status = status,
            Detail = detail,
            Code = code,
        };

    /// <summary>
    /// What was sent cannot be understood. All mistakes are counted and the first are told, so that no answer outgrows its question.
    /// </summary>
    public static Problem Unprocessable(params IReadOnlyList<ProblemError> errors) =>
        Of(StatusCodes.Status422UnprocessableEntity, DetailOf(errors)) with
        {
            Errors = errors.Count <= MostErrors ? errors : [.. errors.Take(MostErrors)],
        };

    private static string DetailOf(IReadOnlyList<ProblemError> errors) =>
        errors.Count switch
        {
            1 => errors[0].ToString(),
            <= MostErrors => $"{errors.Count} mistakes were found.",
            _ => $"{errors.Count} mistakes were found; these are the first {MostErrors}.",
        };

    public static Problem NotFound(string what, string id) => Of(StatusCodes.Status404NotFound, $"There is no {what} '{id}'.");
}

/// <summary>One mistake.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) into what was sent; the name after a slash for a part of the address.</param>
/// <param name="Line">From 1: within the rule's text, or within a document that is no JSON; otherwise absent.</param>
/// <param name="Column">From 1, in characters.</param>
/// <param name="Code">The message's kind, such as <c>mistake.tooLong</c>; absent where it is for the author of a program only.</param>
/// <param name="Values">What the message speaks of: texts, numbers and lists of texts by name.</param>
public sealed record ProblemError(
    string Pointer,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Line,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Column,
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonObject? Values = null
)
{
    public ProblemError(string pointer, string message)
        : this(pointer, null, null, message) { }

    public ProblemError(string pointer, Sentence says)
        : this(pointer, null, null, says.English(), says.Kind, says.Values) { }

    public override string ToString() => Pointer.Length == 0 ? Message : $"{Pointer}: {Message}";
}

/// <summary>A feature that makes no fence.</summary>
public sealed record RefusedFeature
{
    /// <summary>Among the file's features, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Null when it names none.</summary>
    public required string? Id { get; init; }

    /// <summary>Places within the feature.</summary>
    public required IReadOnlyList<ProblemError> Errors { get; init; }
}
