import Foundation
import Testing

@testable import Recognition

@Suite("Shapes around text")
struct GeometryTests {
    @Test("The hull of points keeps only their outer corners")
    func hull() {
        let square = [Point(x: 0, y: 0), Point(x: 4, y: 0), Point(x: 4, y: 4), Point(x: 0, y: 4)]
        let inner = [Point(x: 2, y: 2), Point(x: 2, y: 0), Point(x: 1, y: 3)]
        #expect(Set(convexHull(of: square + inner)) == Set(square))
        #expect(convexHull(of: []).isEmpty)
        #expect(convexHull(of: [square[0]]) == [square[0]])
    }

    @Test("The smallest rectangle finds a tilted box again", arguments: [-60.0, -10, 0, 3, 30, 44, 89])
    func calipers(degrees: Double) throws {
        let direction = Point(x: cos(degrees * .pi / 180), y: sin(degrees * .pi / 180))
        let box = RotatedRectangle(centre: Point(x: 100, y: 80), width: 60, height: 10, direction: direction)
        let found = try #require(RotatedRectangle(enclosing: box.corners + [box.centre]))
        #expect(abs(found.width - 60) < 1e-6 && abs(found.height - 10) < 1e-6)
        #expect((found.centre - box.centre).length < 1e-6)
        #expect(abs(abs(found.direction.dot(direction)) - 1) < 1e-9)
    }

    @Test("Degenerate points give a rectangle without area instead of a crash")
    func degenerate() throws {
        let point = Point(x: 3, y: 3)
        #expect(RotatedRectangle(enclosing: []) == nil)
        #expect(try #require(RotatedRectangle(enclosing: [point, point])).width == 0)
        let line = try #require(RotatedRectangle(enclosing: [point, Point(x: 6, y: 7)]))
        #expect(abs(line.width - 5) < 1e-9 && line.height < 1e-9)
    }

    @Test("A rectangle grows by area × ratio ÷ perimeter on each side")
    func unclip() {
        let box = RotatedRectangle(centre: Point(x: 0, y: 0), width: 90, height: 10, direction: Point(x: 1, y: 0))
        let grown = box.unclipped(by: 1.6)
        #expect(abs(grown.width - (90 + 2 * 7.2)) < 1e-9 && abs(grown.height - (10 + 2 * 7.2)) < 1e-9)
    }

    @Test("A box is read along the side nearest to the page's direction")
    func readAlong() {
        let tall = RotatedRectangle(centre: Point(x: 0, y: 0), width: 30, height: 20, direction: Point(x: 0, y: -1))
        let upright = tall.readAlong(Point(x: 1, y: 0))
        #expect(upright.width == 20 && upright.height == 30 && upright.direction.x == 1)
        #expect(Set(upright.corners) == Set(tall.corners))
    }

    @Test("The page's axis is that of its long lines", arguments: [0.0, 7, -25, 90])
    func axis(degrees: Double) {
        let direction = Point(x: cos(degrees * .pi / 180), y: sin(degrees * .pi / 180))
        let lines = (0..<8).map { index in
            RotatedRectangle(centre: Point(x: 0, y: Double(index) * 20), width: 200, height: 16, direction: direction)
        }
        let stray = RotatedRectangle(centre: Point(x: 0, y: 0), width: 90, height: 10, direction: Point(x: 0.6, y: 0.8))
        let axis = PageDirection.axis(of: lines + [stray])
        #expect(abs(axis.dot(direction)) > 0.999)
    }

    @Test("A quarter turn brings the lower left corner to the upper left")
    func turns() {
        let bitmap = Bitmap(width: 2, height: 1, pixels: [1, 1, 1, 2, 2, 2])
        #expect(bitmap.applying(.clockwise).pixels == [1, 1, 1, 2, 2, 2])
        #expect(bitmap.applying(.clockwise).height == 2)
        #expect(bitmap.applying(.anticlockwise).pixels == [2, 2, 2, 1, 1, 1])
        #expect(bitmap.applying(.half).pixels == [2, 2, 2, 1, 1, 1])
        #expect(bitmap.applying(.none).pixels == bitmap.pixels)
    }

    @Test("Words of one tilted line share a height on the page's grid, and the grid leads back to the picture")
    func flow() {
        let direction = Point(x: cos(0.1), y: sin(0.1))
        let lines = (0..<6).map { index in
            let centre = Point(x: 500, y: 100 + Double(index) * 50)
            return TextLine(
                glyphs: [], area: RotatedRectangle(centre: centre, width: 600, height: 30, direction: direction))
        }
        let flow = Flow(lines: lines, direction: direction)
        let (left, right) = (lines[2].area.slice(from: 0, to: 0).centre, lines[2].area.slice(from: 1, to: 1).centre)
        #expect(abs(flow.place(left).v - flow.place(right).v) < 0.5)
        let place = flow.place(right)
        #expect((flow.point(u: place.u, v: place.v) - right).length < 0.01)
    }
}
