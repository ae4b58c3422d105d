using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Places;

namespace OmniIoT.Domain.Decisions;

/// <summary>Settings that decisions depend on.</summary>
public sealed record DecisionSettings
{
    public OfferSettings Offers { get; init; } = new();

    public VisitSettings Visits { get; init; } = new();

    public DeskSettings Desk { get; init; } = new();

    /// <summary>A time of a message further ahead than this cannot be meant: dead letter. 24 h by contract.</summary>
    public TimeSpan FarFuture { get; init; } = TimeSpan.FromHours(24);
}
