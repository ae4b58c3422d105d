using System.Text.Json.Nodes;

namespace OmniIoT.Edge.Rules;

/// <summary>The rules that the twin desires; while it desires none, those of the settings.</summary>
internal sealed class DesiredRules(LocalRules rules, RuleNames names)
{
    private readonly RuleBook _ofSettings = rules.Book;
    private bool _areTold = rules.Book.Source.Count > 0;

    /// <summary>Takes them whole, or leaves those in force when anything of them is wrong.</summary>
    /// <param name="errors">Gets what is wrong by its place, as <c>rules.0.when</c>.</param>
    public void Apply(JsonObject desired, IDictionary<string, string> errors)
    {
        if (!desired.TryGetPropertyValue(RuleBook.Property, out JsonNode? wanted) || wanted is null)
        {
            if (!ReferenceEquals(rules.Book, _ofSettings))
                rules.Use(_ofSettings);
            return;
        }
        if (JsonNode.DeepEquals(wanted, rules.Book.Source))
            return;
        if (RuleBook.Read(wanted, names, out IReadOnlyList<(string[] Place, string Message)> mistakes) is { } book)
        {
            rules.Use(book);
            _areTold = true;
        }
        foreach ((string[] place, string message) in mistakes)
            errors.TryAdd(string.Join('.', [RuleBook.Property, .. place]), message);
    }

    /// <summary>Those in force; null as long as there never were any.</summary>
    public JsonNode? ToReported() => _areTold ? rules.Book.Source.DeepClone() : null;
}
