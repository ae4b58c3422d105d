using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace OmniIoT.Api.Problems;

/// <summary>Problem details (RFC 9457).</summary>
/// <param name="Type">Always <c>about:blank</c>: the status says the kind.</param>
/// <param name="Title">The status in words.</param>
/// <param name="Detail">What is wrong this time.</param>
/// <param name="Code">The typed reason of a rejection, for programs.</param>
/// <param name="Reason">The contract's word for a conflict that a program is expected to resolve.</param>
/// <param name="CaseId">The case that stands in the way.</param>
/// <param name="Errors">The place of each mistake.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ProblemError>? Errors = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? CaseId = null
)
{
    public const string MediaType = "application/problem+json";

    public static Problem Of(int status, string detail, string? code = null) =>
        new("about:blank", ReasonPhrases.GetReasonPhrase(status), status, detail, code);

    /// <summary>What was sent cannot be understood.</summary>
    public static Problem Unprocessable(params IReadOnlyList<ProblemError> errors) =>
        Of(StatusCodes.Status422UnprocessableEntity, errors.Count == 1 ? errors[0].ToString() : $"{errors.Count} mistakes were found.") with
        {
            Errors = errors,
        };

    public static Problem NotFound(string what, string id) => Of(StatusCodes.Status404NotFound, $"There is no {what} '{id}'.");
}

/// <summary>One mistake.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) into what was sent; the name after a slash for a part of the address.</param>
/// <param name="Line">From 1: within the rule's text, or within a document that is no JSON; otherwise absent.</param>
/// <param name="Column">From 1, in characters.</param>
public sealed record ProblemError(
    string Pointer,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Line,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Column,
    string Message
)
{
    public ProblemError(string pointer, string message)
        : this(pointer, null, null, message) { }

    public override string ToString() => Pointer.Length == 0 ? Message : $"{Pointer}: {Message}";
}
