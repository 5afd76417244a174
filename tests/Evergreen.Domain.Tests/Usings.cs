global using System.Numerics;
global using Evergreen.Domain.Arithmetic;
global using NUnit.Framework;
