using System.Collections.Frozen;

namespace OmniIoT.Domain.Text;

/// <summary>The names that a <see cref="Template"/> may contain, by place of use.</summary>
public static class TemplateNames
{
    public const string CustomerName = "customer.name";
    public const string SiteName = "site.name";
    public const string DeviceName = "device.name";
    public const string ModelName = "model.name";
    public const string OfferCode = "offer.code";

    /// <summary>The offer's end in the customer's time zone, <c>14:30</c>, with the date before it when that is another day.</summary>
    public const string OfferExpiresAt = "offer.expiresAt";

    /// <summary>A campaign's title and text.</summary>
    public static IReadOnlySet<string> Offer { get; } =
        new[] { CustomerName, SiteName, OfferCode, OfferExpiresAt }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A case's title and a notice about a device.</summary>
    public static IReadOnlySet<string> Device { get; } =
        new[] { CustomerName, SiteName, DeviceName, ModelName }.ToFrozenSet(StringComparer.Ordinal);
}
