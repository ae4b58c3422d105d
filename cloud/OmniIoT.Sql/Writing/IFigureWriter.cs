using OmniIoT.Domain.Effects;

namespace OmniIoT.Sql.Writing;

internal interface IFigureWriter
{
    void Add(CountFigure count);
}
