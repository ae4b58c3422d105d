using OmniIoT.Devices.Time;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;

namespace OmniIoT.Domain.Desk.Channels;

/// <summary>How a customer may be written to.</summary>
/// <param name="Customer">Who answers for the person.</param>
/// <param name="Contacts">Where they wrote.</param>
/// <param name="Bounced">Addresses that came back.</param>
internal sealed record Reach(Customer Customer, IReadOnlyList<ChannelContact> Contacts, IReadOnlyList<Identity> Bounced)
{
    /// <summary>Whether a browser of theirs may be told things.</summary>
    public bool HasBrowsers { get; init; }

    public const string ChannelDisabled = "channelDisabled";
    public const string NoIdentity = "noIdentity";
    public const string BouncedIdentity = "bounced";
    public const string NoConsent = "noConsent";
    public const string WindowClosed = "windowClosed";

    /// <summary>Whether words may leave on a channel, and for which address.</summary>
    /// <param name="id">The channel's id.</param>
    /// <param name="hasTemplate">Whether they are words that the provider approved.</param>
    public Departure On(string id, bool hasTemplate, in Moment moment)
    {
        if (moment.Catalog.FindChannel(id) is not { Enabled: true } channel)
            return Departure.Never(id, ChannelDisabled);
        ChannelAbilities abilities = ChannelKinds.All[channel.Type];
        if (abilities.MaximumLength == 0)
            return Departure.Never(id, ChannelDisabled);
        ChannelContact? contact = Contacts.FirstOrDefault(one => one.Channel == id);
        if (channel.Type == ChannelKinds.WebChat)
            return new Departure(channel, null, null, id);
        Identity[] known = [.. Addresses(abilities, contact)];
        if (known.Length == 0)
            return Departure.Never(id, NoIdentity);
        if (known.FirstOrDefault(address => !Bounced.Any(address.IsSame)) is not { } to)
            return Departure.Never(id, BouncedIdentity);
        if (!IsAllowed(abilities, contact))
            return Departure.Never(id, NoConsent);
        return !hasTemplate && !IsWithinWindow(abilities, contact, moment.Now)
            ? Departure.Never(id, WindowClosed)
            : new Departure(channel, to, null, id);
    }

    /// <summary>The first channel that it may leave on; when there is none, why the first may not.</summary>
    /// <param name="preferred">Channels' ids, the best first.</param>
    /// <param name="hasTemplate">Whether they are words that the provider approved; no other channel knows them.</param>
    public Departure OnBest(IEnumerable<string> preferred, bool hasTemplate, in Moment moment)
    {
        Departure? first = null;
        foreach (string id in preferred.Concat(Contacts.OrderByDescending(static contact => contact.At).Select(static one => one.Channel)))
        {
            Departure departure = On(id, hasTemplate, moment);
            if (departure.IsFor(hasTemplate))
                return departure;
            first ??= departure;
        }
        foreach (Channel other in moment.Catalog.Channels.Values.OrderBy(static channel => channel.Id, StringComparer.Ordinal))
        {
            // Nobody looks into a chat that they never used, and a foreign system takes whatever it is told.
            if (other.Type is ChannelKinds.WebChat or ChannelKinds.Webhook)
                continue;
            Departure departure = On(other.Id, hasTemplate, moment);
            if (departure.IsFor(hasTemplate))
                return departure;
        }
        return first ?? Departure.Never("", NoIdentity);
    }

    private IEnumerable<Identity> Addresses(ChannelAbilities abilities, ChannelContact? contact)
    {
        if (contact?.From is { } from)
            yield return from;
        if (HasBrowsers && abilities.IdentityType == ChannelKinds.Push)
            yield return new Identity(ChannelKinds.Push, Customer.Id);
        foreach (Identity identity in Customer.Identities)
        {
            if (abilities.IdentityType is null || identity.Type == abilities.IdentityType)
                yield return identity;
        }
    }

    /// <summary>Who wrote first asked for an answer, until they ask to be left alone.</summary>
    private bool IsAllowed(ChannelAbilities abilities, ChannelContact? contact) =>
        contact is not null
            ? !contact.HasOptedOut
            : abilities.ConsentKind switch
            {
                "email" => Customer.Consent.Email,
                "sms" => Customer.Consent.Sms,
                _ => true,
            };

    private static bool IsWithinWindow(ChannelAbilities abilities, ChannelContact? contact, Instant now) =>
        abilities.FreeWordsFor is not { } window || (contact is not null && now - contact.At <= window);
}

/// <summary>Whether words may leave.</summary>
/// <param name="Channel">By which; null when they may not.</param>
/// <param name="To">The address; null where the channel needs none.</param>
/// <param name="Reason">Why not, in the contract's word; null: they may.</param>
/// <param name="Id">The channel that was asked for.</param>
internal sealed record Departure(Channel? Channel, Identity? To, string? Reason, string Id)
{
    /// <summary>Whether such words may leave so.</summary>
    public bool IsFor(bool hasTemplate) => Channel is not null && (!hasTemplate || ChannelKinds.All[Channel.Type].KnowsTemplates);

    public static Departure Never(string id, string reason) => new(null, null, reason, id);

    public Rejection Rejection =>
        Rejection.Conflict("MessageMayNotLeave", $"The message may not leave on '{Id}': {Words}.") with
        {
            Reason = Reason,
        };

    private string Words =>
        Reason switch
        {
            Reach.ChannelDisabled => "there is no such channel, or it takes no messages",
            Reach.NoIdentity => "the customer has no address on it",
            Reach.BouncedIdentity => "what was sent to the customer's address came back",
            Reach.NoConsent => "the customer does not allow it",
            _ => "the customer's last message is too old for free words; send a template",
        };
}
