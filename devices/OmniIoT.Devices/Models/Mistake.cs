using System.Text.Json.Nodes;

namespace OmniIoT.Devices.Models;

/// <summary>
/// One thing wrong with a document. Line and column count from 1, in characters: within the rule's own text for a
/// mistake in a rule, within the document otherwise.
/// </summary>
/// <param name="Pointer">JSON pointer (RFC 6901) such as <c>/rules/1/when</c>; empty for the whole document.</param>
public sealed record Mistake(string Pointer, int Line, int Column, string Message)
{
    /// <summary>The message's kind, of <see cref="Rules.Syntax.RuleMistakeKinds"/>; null for what is wrong outside a rule.</summary>
    public string? Kind { get; init; }

    /// <summary>What the message speaks of: texts, numbers and lists of texts by name; null with the kind.</summary>
    public JsonObject? Values { get; init; }
}
