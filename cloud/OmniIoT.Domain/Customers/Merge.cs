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
    /// What <paramref name="survivor"/> has not of its own of what <paramref name="other"/> has. Consent is not among it: nobody consents
    /// by being merged.
    /// </summary>
    /// <param name="others">
    /// What it has from others, the earliest first. It has that from this one as well: who is taken out again leaves what those who stay
    /// brought, too.
    /// </param>
    public static MergeGain Of(Customer survivor, Customer other, params IReadOnlyList<MergeGain> others)
    {
        Customer own = others.Aggregate(survivor, static (customer, gain) => gain.TakeFrom(customer));
        return new MergeGain(
            own.Name is null ? other.Name : null,
            own.Locale is null ? other.Locale : null,
            own.TimeZone is null ? other.TimeZone : null,
            [.. other.Tags.Except(own.Tags)],
            [.. other.Identities.Except(own.Identities)]
        )
        {
            Traits = Choose(other.Traits, name => !own.Traits.ContainsKey(name)),
        };
    }

    public Customer AddTo(Customer survivor) =>
        survivor with
        {
            Name = survivor.Name ?? Name,
            Locale = survivor.Locale ?? Locale,
            TimeZone = survivor.TimeZone ?? TimeZone,
            Tags = [.. survivor.Tags.Union(Tags)],
            Identities = [.. survivor.Identities.Union(Identities)],
            Traits = Choose([.. survivor.Traits, .. Traits.Where(trait => !survivor.Traits.ContainsKey(trait.Key))], static _ => true),
            Version = survivor.Version + 1,
        };

    /// <summary>The survivor without what it had gained; what was changed since is its own.</summary>
    /// <param name="others">What those who stay brought, the earliest first: of that nothing goes.</param>
    public Customer TakeFrom(Customer survivor, params IReadOnlyList<MergeGain> others) =>
        survivor with
        {
            Name = Left(survivor.Name, Name, others.Select(static gain => gain.Name)),
            Locale = Left(survivor.Locale, Locale, others.Select(static gain => gain.Locale)),
            TimeZone = Left(survivor.TimeZone, TimeZone, others.Select(static gain => gain.TimeZone)),
            Tags = [.. survivor.Tags.Except(Tags.Except(others.SelectMany(static gain => gain.Tags)))],
            Identities = [.. survivor.Identities.Except(Identities.Except(others.SelectMany(static gain => gain.Identities)))],
            Traits = Left(survivor.Traits, others),
            Version = survivor.Version + 1,
        };

    /// <summary>What a survivor still has where it had this from the one that goes: the same of the first who stays and has it.</summary>
    private static string? Left(string? known, string? gained, IEnumerable<string?> others) =>
        gained is null || known != gained ? known : others.FirstOrDefault(static other => other is not null);

    private JsonObject Left(JsonObject known, IReadOnlyList<MergeGain> others)
    {
        JsonObject left = Choose(known, name => !Traits.ContainsKey(name) || !JsonNode.DeepEquals(Traits[name], known[name]));
        foreach (string name in known.Select(static trait => trait.Key).Where(name => !left.ContainsKey(name)))
        {
            if (others.FirstOrDefault(gain => gain.Traits.ContainsKey(name)) is { } other)
                left[name] = other.Traits[name]?.DeepClone();
        }
        return left;
    }

    private static JsonObject Choose(IEnumerable<KeyValuePair<string, JsonNode?>> traits, Func<string, bool> isWanted) =>
        new(traits.Where(trait => isWanted(trait.Key)).Select(trait => KeyValuePair.Create(trait.Key, trait.Value?.DeepClone())));
}
