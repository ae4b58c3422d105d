using OmniIoT.Domain.Effects;

namespace OmniIoT.Sql.Writing;

/// <summary>Changes on their way to other systems.</summary>
internal interface IDeliveryWriter
{
    void Listen(ListenToChanges listen);
    void Hurry(HurryDeliveries hurry);
    void Note(NoteDelivery note);
    void Redeliver(Redeliver again);
    void Drop(DropDeliveries drop);
    void Erase(string customerId);
}
