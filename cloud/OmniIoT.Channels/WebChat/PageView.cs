using System.Text.Json.Nodes;
using OmniIoT.Domain;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Channels.WebChat;

/// <summary>A page that a visitor looked at.</summary>
/// <param name="Address">Without what stands behind <c>?</c> and <c>#</c>, which may name them.</param>
internal sealed record PageView(string Address, string Title)
{
    private const int MaximumTitleLength = 200;

    private const int MaximumAddressLength = 2_000;

    /// <summary>What is said where it is no page.</summary>
    public static string Needed { get; } =
        $"An address of http or https of at most {MaximumAddressLength} characters, as it is sent, is needed, "
        + $"and a title of at most {MaximumTitleLength}.";

    /// <summary>Null: it is no page of the web.</summary>
    public static PageView? Of(PageBody body)
    {
        if (body.Title?.Length > MaximumTitleLength || body.Url?.Length > MaximumAddressLength)
            return null;
        bool isPage =
            Uri.TryCreate(body.Url, UriKind.Absolute, out Uri? url)
            && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            && url.UserInfo.Length == 0;
        if (!isPage)
            return null;
        string address = url!.GetLeftPart(UriPartial.Path);
        // Escaped, it is up to nine times as long as it was.
        if (address.Length > MaximumAddressLength)
            return null;
        return new PageView(address, string.IsNullOrWhiteSpace(body.Title) ? url.AbsolutePath : body.Title.Trim());
    }

    public AddTimelineEntry EntryOf(Visitor visitor) =>
        new()
        {
            At = null,
            Kind = TimelineKind.PageViewed,
            Channel = WebChatChannel.Name,
            Direction = TimelineDirection.In,
            Actor = EntityId.Customer(visitor.CustomerId).ToString(),
            Title = Title,
            Text = null,
            Refs = TimelineRefs.None,
            Data = new JsonObject { ["url"] = Address },
        };
}
