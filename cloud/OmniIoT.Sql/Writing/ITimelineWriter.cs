using OmniIoT.Domain.Timeline;

namespace OmniIoT.Sql.Writing;

/// <summary>Timelines of customers.</summary>
internal interface ITimelineWriter
{
    void Append(TimelineEntry entry);
    void Erase(string customerId);
}
