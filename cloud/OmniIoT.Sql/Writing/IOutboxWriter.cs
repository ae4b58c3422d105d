using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;

namespace OmniIoT.Sql.Writing;

/// <summary>What waits for devices and apps, and dead letters.</summary>
internal interface IOutboxWriter
{
    void Enqueue(Downlink downlink);
    void Dequeue(string downlinkId);
    void DeleteOf(EntityId target);
    void DeleteOf(EntityId target, string reference);
    void DeleteBeginning(string reference);
    void Append(DeadLetter letter);
    void DeleteDeadLetters(EntityId principal);
}
