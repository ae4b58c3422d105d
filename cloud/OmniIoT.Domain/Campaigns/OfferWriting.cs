using System.Globalization;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Campaigns;

/// <summary>Writes an offer out of a campaign that was decided to send one.</summary>
public static class OfferWriting
{
    /// <summary>The offer, state sent.</summary>
    /// <param name="campaign">What it says and how long it is valid.</param>
    /// <param name="recipient">Whom it goes to.</param>
    /// <param name="site">Where it was earned.</param>
    /// <param name="id">A new id.</param>
    /// <param name="code">From <see cref="OfferCode.From"/>.</param>
    /// <param name="now">Our time; it expires so much later.</param>
    public static Offer Write(Campaign campaign, OfferRecipient recipient, Site site, string id, string code, Instant now)
    {
        Instant expiresAt = now + campaign.Expires;
        Dictionary<string, string?> values = new(StringComparer.Ordinal)
        {
            [TemplateNames.CustomerName] = recipient.Name,
            [TemplateNames.SiteName] = site.Name,
            [TemplateNames.OfferCode] = code,
            [TemplateNames.OfferExpiresAt] = ReadableEnd(now, expiresAt, recipient.TimeZone),
        };
        return new Offer
        {
            Id = id,
            CampaignId = campaign.Id,
            CustomerId = recipient.CustomerId,
            SiteId = site.Id,
            Title = campaign.Content.Title.Render(values),
            Text = campaign.Content.Text.Render(values),
            Code = code,
            SentAt = now,
            ExpiresAt = expiresAt,
            State = OfferState.Sent,
        };
    }

    private static string ReadableEnd(Instant now, Instant end, TimeZoneInfo zone)
    {
        DateTime local = LocalTime.Of(end, zone);
        string format = local.Date == LocalTime.Of(now, zone).Date ? "HH:mm" : "d MMM HH:mm";
        return local.ToString(format, CultureInfo.InvariantCulture);
    }
}

/// <summary>Whom an offer goes to.</summary>
/// <param name="Name">For the greeting; null leaves it out.</param>
public sealed record OfferRecipient(string CustomerId, string? Name, TimeZoneInfo TimeZone);
