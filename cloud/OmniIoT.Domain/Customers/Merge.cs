using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Customers;

/// <summary>
/// Two customers were found to be one person: <paramref name="Id"/> answers with <paramref name="Into"/> from then on. Nothing is
/// moved: what belongs to either stays under its own id and is read together, so that the merge can be undone exactly.
/// </summary>
/// <param name="Gained">What the survivor's own record took over from the other's.</param>
public sealed record Merge(string Id, string Into, Instant At, MergeGain Gained);

/// <summary>What a survivor's record lacked and got with a merge; it goes again when the merge is undone.</summary>
/// <param name="Name">Null where the survivor had a name of its own; so with the others.</param>
public sealed record MergeGain(
    string? Name,
    string? Locale,
    string? TimeZone,
    IReadOnlyList<string> Tags,
    IReadOnlyList<Identity> Identities
)
{
    public JsonObject Traits { get; init; } = [];

    /// <summary>
    /// What <paramref name="survivor"/> lacks of <paramref name="other"/>. Consent is not among it: nobody consents by being merged.
    /// </summary>
    public static MergeGain Of(Customer survivor, Customer other) =>
        new(
            survivor.Name is null ? other.Name : null,
            survivor.Locale is null ? other.Locale : null,
            survivor.TimeZone is null ? other.TimeZone : null,
            [.. other.Tags.Except(survivor.Tags)],
            [.. other.Identities.Except(survivor.Identities)]
        )
        {
            Traits = Choose(other.Traits, name => !survivor.Traits.ContainsKey(name)),
        };

    public Customer AddTo(Customer survivor) =>
        survivor with
        {
            Name = survivor.Name ?? Name,
            Locale = survivor.Locale ?? Locale,
            TimeZone = survivor.TimeZone ?? TimeZone,
            Tags = [.. survivor.Tags.Union(Tags)],
            Identities = [.. survivor.Identities.Union(Identities)],
            Traits = Choose([.. survivor.Traits, .. Traits], static _ => true),
            Version = survivor.Version + 1,
        };

    /// <summary>The survivor without what it had gained; what was changed since is its own.</summary>
    public Customer TakeFrom(Customer survivor) =>
        survivor with
        {
            Name = Name is not null && survivor.Name == Name ? null : survivor.Name,
            Locale = Locale is not null && survivor.Locale == Locale ? null : survivor.Locale,
            TimeZone = TimeZone is not null && survivor.TimeZone == TimeZone ? null : survivor.TimeZone,
            Tags = [.. survivor.Tags.Except(Tags)],
            Identities = [.. survivor.Identities.Except(Identities)],
            Traits = Choose(
                survivor.Traits,
                name => !Traits.ContainsKey(name) || !JsonNode.DeepEquals(Traits[name], survivor.Traits[name])
            ),
            Version = survivor.Version + 1,
        };

    private static JsonObject Choose(IEnumerable<KeyValuePair<string, JsonNode?>> traits, Func<string, bool> isWanted) =>
        new(traits.Where(trait => isWanted(trait.Key)).Select(trait => KeyValuePair.Create(trait.Key, trait.Value?.DeepClone())));
}
