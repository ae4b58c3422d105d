namespace OmniIoT.Domain.Campaigns;

/// <summary>What makes a campaign think about an offer.</summary>
public enum CampaignTrigger
{
    /// <summary>A visit to one of its fences began.</summary>
    Enter,

    /// <summary>Such a visit has lasted for the campaign's dwell time.</summary>
    Dwell,

    /// <summary>Such a visit ended.</summary>
    Exit,

    /// <summary>The customer came near one of its beacons.</summary>
    Near,
}
